from django.urls import path

from planwizard.web import reports

app_name = "web"
urlpatterns = [path("policy-report/", reports.policy_report, name="policy_report")]
