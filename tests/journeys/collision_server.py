"""Serves ``collision_page.py`` as our server serves pages: ``PORT``, and ``plain`` for no guard."""

import sys
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import file_util

from assessment.ui.headers import ShellMiddleware
from assessment.ui.media_guard import GuardedApp, MediaGuard

PAGE = Path(__file__).with_name("collision_page.py")
INDEX = Path(file_util.get_static_dir()) / "index.html"

shell = Middleware(ShellMiddleware, index=INDEX)
if "plain" in sys.argv:
    app = st.App(PAGE, middleware=[shell])
else:
    app = GuardedApp(PAGE, middleware=[shell, Middleware(MediaGuard)])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
