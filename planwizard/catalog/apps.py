from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "planwizard.catalog"
    verbose_name = "国の施策カタログ"
