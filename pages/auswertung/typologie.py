import streamlit as st

st.title("Typologie-Labor")
st.button("ok")
st.dataframe({"a": [1, 2]})
st.selectbox("x", ["a"])
st.file_uploader("Datei")
