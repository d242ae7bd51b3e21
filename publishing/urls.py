"""Addresses of posts, reviews and deliveries. One word runs from here to the Event."""

from django.urls import path

from publishing.views import board, compose, control, deliveries, media, post, review

urlpatterns = [
    path("", board.home, name="home"),
    path("posts/", board.posts, name="posts"),
    path("posts/new/", compose.write, name="write"),
    path("posts/<int:pk>/", post.post, name="post"),
    path("posts/<int:pk>/deliveries/", post.deliveries, name="post_deliveries"),
    path("posts/<int:pk>/edit/", compose.edit, name="edit"),
    path("posts/<int:pk>/submit/", post.submit, name="submit"),
    path("posts/<int:pk>/withdraw/", post.withdraw, name="withdraw"),
    path("posts/<int:pk>/reopen/", post.reopen, name="reopen"),
    path("posts/<int:pk>/reschedule/", post.reschedule, name="reschedule"),
    path("posts/<int:pk>/cancel/", post.cancel, name="cancel"),
    path("posts/<int:pk>/approve/", review.approve, name="approve"),
    path("posts/<int:pk>/undo/", review.undo, name="undo"),
    path("posts/<int:pk>/send_back/", review.send_back, name="send_back"),
    path("posts/<int:pk>/reject/", review.reject, name="reject"),
    path("review/", review.queue, name="queue"),
    path("review/<int:pk>/", review.review, name="review"),
    path("deliveries/<int:pk>/send_again/", deliveries.send_again, name="send_again"),
    path("deliveries/<int:pk>/settle_found/", deliveries.settle_found, name="settle_found"),
    path("deliveries/<int:pk>/settle_absent/", deliveries.settle_absent, name="settle_absent"),
    path("deliveries/<int:pk>/resume/", deliveries.resume, name="resume"),
    path("deliveries/<int:pk>/put_off/", deliveries.put_off, name="put_off"),
    path("deliveries/<int:pk>/call_off/", deliveries.call_off, name="call_off"),
    path("pauses/", control.pauses, name="pauses"),
    path("pauses/start/", control.start_pause, name="pause"),
    path("pauses/<int:pk>/end/", control.end_pause, name="end_pause"),
    path("pauses/decide/", control.decide, name="decide"),
    path("kesehatan", control.health, name="health"),
    path("media/<int:pk>/<slug:use>/", media.picture, name="picture"),
    path("fetch/<str:token>.jpg", media.fetch, name="fetch"),
]
