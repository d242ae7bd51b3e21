# One image for the web, the workers, beat and the migration; docker-compose.yml says which it is.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# Collecting reads settings, and settings want a key: this one signs nothing and is not kept.
RUN SECRET_KEY=build-only python manage.py build_fonts \
    && SECRET_KEY=build-only python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 opd_hub \
    && install -d -o opd_hub /var/lib/opd_hub/media

USER opd_hub
ENV MEDIA_ROOT=/var/lib/opd_hub/media GUNICORN_CMD_ARGS=--bind=0.0.0.0:8000
EXPOSE 8000
STOPSIGNAL SIGTERM
