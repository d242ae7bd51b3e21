"""Addresses of channels: their health, the connect wizard, in whose hands they are."""

from django.urls import path

from platforms.views import channels, connect, custody

urlpatterns = [
    path("channels/", channels.index, name="channels"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/probe/", channels.probe, name="probe"),
    path("channels/<int:pk>/rehearse/", channels.rehearse, name="rehearse"),
    path("channels/<int:pk>/endorse/", channels.endorse, name="endorse"),
    path("channels/<int:pk>/disable/", channels.disable, name="disable"),
    path("channels/<int:pk>/enable/", channels.enable, name="enable"),
    path("channels/<int:pk>/switch_adapter/", channels.switch_adapter, name="switch_adapter"),
    path("channels/<int:pk>/take/", channels.take, name="take_incident"),
    path("channels/strangers/<int:pk>/settle/", channels.settle_stranger, name="settle_stranger"),
    path("channels/<int:pk>/custody/", custody.custody, name="custody"),
    path("channels/<int:pk>/custody/confirm/", custody.confirm, name="confirm_custody"),
    path("channels/<int:pk>/hand_over/", custody.hand_over, name="hand_over"),
    path("channels/<int:pk>/hand_over/tick/", custody.tick_off, name="tick_off"),
    path("channels/connect/", connect.begin, name="connect"),
    path("channels/connect/<slug:login>/", connect.preflight, name="connect_preflight"),
    path("channels/connect/<slug:login>/set_out/", connect.set_out, name="connect_set_out"),
    path("channels/connect/<slug:login>/return/", connect.returned, name="connect_return"),
    path("channels/connect/<slug:login>/paste/", connect.paste, name="connect_paste"),
    path("channels/connect/<slug:login>/sign_in/", connect.sign_in, name="connect_sign_in"),
    path("channels/connect/<slug:login>/keep/", connect.keep, name="connect_keep"),
]
