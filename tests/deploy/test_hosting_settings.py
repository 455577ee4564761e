from tests.deploy.hosting_settings import problems


def test_a_misspelt_setting_and_an_impossible_one_are_noticed(monkeypatch) -> None:
    right = {"MNIST_HOSTED": "on", "STREAMLIT_SERVER_BASE_URL_PATH": "lab", "PATH": "/bin"}
    assert problems(right, monkeypatch) == []
    wrong = {"MNIST_HOSTD": "on", "STREAMLIT_SERVER_PROT": "1", "MNIST_MAX_EPOCHS": "many"}
    assert len(problems(wrong, monkeypatch)) == 3
