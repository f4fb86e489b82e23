"""A page that offers each visitor a file of equal name, length, beginning, middle and end."""

import streamlit as st

SIZE = 3 * 1024 * 1024
SECRET_AT = 512 * 1024  # outside the first, middle and last 64 KiB

visitor = st.query_params.get("wer", "?")
secret = f"GEHEIM-{visitor}".encode()
content = b"\0" * SECRET_AT + secret + b"\0" * (SIZE - SECRET_AT - len(secret))
st.title("Dateien")
st.download_button("Beim Klick", lambda: content, "gleich.bin", on_click="ignore")
st.download_button("Vorab", content, "auch-gleich.bin", on_click="ignore")
