"""Start the app: streamlit run app.py"""

from components.screen.frame import run_app

run_app()
