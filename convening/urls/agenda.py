from django.urls import path

from convening.views import agenda, agenda_offers, agenda_templates

urlpatterns = [
    # /sessions/
    path("sessions/<slug:public_id>/agenda/", agenda.agenda_edit, name="agenda-edit"),
    path("sessions/<slug:public_id>/agenda/begin/", agenda.agenda_begin, name="agenda-begin"),
    path("sessions/<slug:public_id>/agenda/add/", agenda.agenda_item_new, name="agenda-item-new"),
    path("sessions/<slug:public_id>/agenda/<slug:item_id>/", agenda.agenda_item_edit, name="agenda-item-edit"),
    path("sessions/<slug:public_id>/agenda/<slug:item_id>/move/", agenda.agenda_item_move, name="agenda-item-move"),
    path(
        "sessions/<slug:public_id>/agenda/<slug:item_id>/remove/", agenda.agenda_item_remove, name="agenda-item-remove"
    ),
    path("sessions/<slug:public_id>/offer/", agenda_offers.agenda_offer_new, name="agenda-offer-new"),
    path(
        "sessions/<slug:public_id>/offers/<slug:offer_id>/accept/",
        agenda_offers.agenda_offer_accept,
        name="agenda-offer-accept",
    ),
    path(
        "sessions/<slug:public_id>/offers/<slug:offer_id>/decline/",
        agenda_offers.agenda_offer_decline,
        name="agenda-offer-decline",
    ),
    path(
        "sessions/<slug:public_id>/offers/<slug:offer_id>/take-back/",
        agenda_offers.agenda_offer_take_back,
        name="agenda-offer-take-back",
    ),
    # A partnership's own agendas
    path("partnerships/<slug:slug>/settings/agendas/", agenda_templates.agenda_settings, name="agenda-settings"),
    path("partnerships/<slug:slug>/settings/agendas/new/", agenda_templates.agenda_new, name="agenda-new"),
    path(
        "partnerships/<slug:slug>/settings/agendas/<slug:public_id>/edit/",
        agenda_templates.agenda_change,
        name="agenda-change",
    ),
    path(
        "partnerships/<slug:slug>/settings/agendas/<slug:public_id>/put-away/",
        agenda_templates.agenda_put_away,
        name="agenda-put-away",
    ),
]
