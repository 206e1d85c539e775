"""How gunicorn serves the project: a few processes, each with a few threads that wait for the database."""

import multiprocessing
import os

workers = int(os.environ.get("WEB_CONCURRENCY", min(multiprocessing.cpu_count() + 1, 5)))
threads = 2
preload_app = False
# A request log would hold addresses of records beside those of people.
accesslog = None
loglevel = "warning"
