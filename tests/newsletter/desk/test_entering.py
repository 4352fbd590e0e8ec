"""The door: a link works once, and programs that look at it first do no harm."""


def test_looking_at_a_link_leaves_it_good(app, reader):
    key = app.state.doors.new_key()
    for _ in range(3):
        page = reader.get(f"/desk/enter?key={key}")
        assert page.status_code == 200
        assert "comity-desk" not in page.headers.get("set-cookie", "")
    reader.enter("Ada")


def test_a_used_link_says_so(app, reader):
    key = app.state.doors.new_key()
    assert reader.client.post("/desk/enter", data={"key": key, "name": "Ada"}).status_code == 200
    again = reader.get(f"/desk/enter?key={key}")
    assert again.status_code == 404
    assert "does not open the desk" in again.text
    assert reader.client.post("/desk/enter", data={"key": key}).status_code == 404


def test_no_other_site_makes_a_browser_enter(app, reader):
    data = {"key": app.state.doors.new_key(), "name": "Eve"}
    answer = reader.client.post("/desk/enter", data=data, headers={"origin": "https://e.example"})
    assert answer.status_code == 403
    assert reader.get("/desk").status_code == 401


def test_an_editor_invites_another_and_leaves(app, ada, reader):
    page = ada.post("/desk/invite")
    key = page.text.split("/desk/enter?key=")[1].split('"')[0]
    assert reader.client.post("/desk/enter", data={"key": key, "name": "Bo"}).status_code == 200
    assert ada.post("/desk/leave").status_code == 200
    assert ada.get("/desk").status_code == 401
    assert reader.get("/desk").status_code == 200


def test_names_are_shown_as_text(reader):
    reader.enter("<script>alert(1)</script>")
    assert "<script>alert" not in reader.get("/desk").text
