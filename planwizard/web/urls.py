from django.urls import path

from planwizard.web import accessibility, reports

app_name = "web"
urlpatterns = [
    path("policy-report/", reports.policy_report, name="policy_report"),
    path("accessibility/", accessibility.policy, name="accessibility"),
    path("accessibility/results/", accessibility.results, name="accessibility_results"),
]
