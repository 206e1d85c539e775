from django.urls import path

from cycles.views import cycles, grid, parts

urlpatterns = [
    path("partnerships/<slug:slug>/cycles/", cycles.cycle_list, name="cycle-list"),
    path("partnerships/<slug:slug>/cycles/new/", cycles.cycle_new, name="cycle-new"),
    path("partnerships/<slug:slug>/cycles/work/", grid.grid, name="grid"),
    path("partnerships/<slug:slug>/cycles/work/mine/", grid.own_grid, name="own-grid"),
    path("partnerships/<slug:slug>/cycles/work/<int:level>/<slug:work>/", grid.cell, name="cell"),
    path("partnerships/<slug:slug>/cycles/work/mine/<int:level>/<slug:work>/", grid.own_cell, name="own-cell"),
    # /cycles/
    path("cycles/<slug:public_id>/", cycles.cycle_detail, name="cycle-detail"),
    path("cycles/<slug:public_id>/edit/", cycles.cycle_edit, name="cycle-edit"),
    path("cycles/<slug:public_id>/move/", cycles.cycle_move, name="cycle-move"),
    # What is part of what
    path("part-of/<slug:public_id>/", parts.part_of, name="part-of"),
    path("parts/<slug:public_id>/delete/", parts.part_delete, name="part-delete"),
]
