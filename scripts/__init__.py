"""What is run from a shell around the code: serving, the browser for tests, screenshots."""
