from django.urls import path

from cycles.trying.views import conditions, experiments, logging

urlpatterns = [
    path("partnerships/<slug:slug>/experiments/", experiments.experiment_list, name="experiment-list"),
    path("partnerships/<slug:slug>/experiments/new/", experiments.experiment_new, name="experiment-new"),
    path("partnerships/<slug:slug>/conditions/", conditions.condition_list, name="condition-list"),
    path("partnerships/<slug:slug>/conditions/new/", conditions.condition_new, name="condition-new"),
    # /experiments/
    path("experiments/log/<slug:public_id>/", logging.note_log, name="note-log"),
    path("experiments/<slug:public_id>/", experiments.experiment_detail, name="experiment-detail"),
    path("experiments/<slug:public_id>/steps/<slug:key>/", experiments.experiment_step, name="experiment-step"),
    path("experiments/<slug:public_id>/close/", experiments.experiment_close, name="experiment-close"),
    path("experiments/<slug:public_id>/log/", logging.experiment_log, name="experiment-log"),
    path("experiments/<slug:public_id>/log/<slug:logged_id>/", logging.experiment_unlog, name="experiment-unlog"),
    # /conditions/
    path("conditions/<slug:public_id>/", conditions.condition_detail, name="condition-detail"),
    path("conditions/<slug:public_id>/edit/", conditions.condition_edit, name="condition-edit"),
    path("conditions/<slug:public_id>/answer/", conditions.condition_answer, name="condition-answer"),
]
