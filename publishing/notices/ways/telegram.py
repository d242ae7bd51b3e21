"""A Telegram bot: it can write only to who wrote to it first."""

from django.conf import settings

from publishing.notices.ways.http import call
from publishing.notices.ways.result import Result


def send(to: str, subject: str, text: str) -> Result:
    url = f"{settings.TELEGRAM_URL}/bot{settings.TELEGRAM_TOKEN}/sendMessage"
    body = {"chat_id": to, "text": text, "disable_web_page_preview": True}
    return call("POST", url, blocked=(403,), json=body)  # 403: this one person blocked the bot
