from django.urls import path

from conversing.views import check_ins, tensions

urlpatterns = [
    path("partnerships/<slug:slug>/tensions/", tensions.tension_list, name="tension-list"),
    path("partnerships/<slug:slug>/tensions/new/", tensions.tension_new, name="tension-new"),
    # /tensions/
    path("tensions/<slug:public_id>/", tensions.tension_detail, name="tension-detail"),
    path("tensions/<slug:public_id>/edit/", tensions.tension_edit, name="tension-edit"),
    path("tensions/<slug:public_id>/state/", tensions.tension_state, name="tension-state"),
    path("tensions/<slug:public_id>/check-in/", check_ins.check_in_new, name="check-in-new"),
    # /check-ins/
    path("check-ins/<slug:public_id>/", check_ins.check_in_detail, name="check-in-detail"),
    path("check-ins/<slug:public_id>/edit/", check_ins.check_in_edit, name="check-in-edit"),
    path("check-ins/<slug:public_id>/withdraw/", check_ins.check_in_withdraw, name="check-in-withdraw"),
]
