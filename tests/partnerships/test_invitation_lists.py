"""Many invitations by a list from a spreadsheet: understood in whatever shape it comes, and nothing sent unseen."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.models import Draft, Outbox
from partnerships import actions
from partnerships.invitation_list import decode, look_at
from partnerships.invitations import Invitee
from partnerships.models import Invitation, Role
from partnerships.views import inviting
from tests import factories as make

from .inviting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def see(place, steward):
    """Look at a list for Early Shift."""
    return lambda text: look_at(text, place=place, by=steward)


@pytest.fixture
def url(place):
    return reverse("partnerships:invitation-import", args=[place.slug])


def addresses(preview):
    return [row.email for row in preview.invitees]


def problem_in(preview, number):
    """Say what is wrong in the line with that number; empty where nothing is."""
    [line] = [line for line in preview.lines if line.number == number]
    assert bool(line.problems) != bool(line.invitee)
    return " ".join(line.problems)


def refusal(see, text):
    with pytest.raises(ValidationError) as caught:
        see(text)
    return " ".join(caught.value.messages)


# What it looks like ------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_commas_semicolons_and_tabs_divide_cells(see, doorway, mark, end):
    rows = [
        ["E-mail", "Name", "Role", "Own words", "Organisation"],
        ["a@example.org", '"Hartley, Dawn"', "Manager", "rota; and all", "Doorway"],
        ["b@example.org", "Bo", "", "", ""],
    ]
    rows[1][3] = '"rota; and all"'
    [first, second] = see(end.join(mark.join(row) for row in rows) + end).invitees
    assert first == Invitee(
        email="a@example.org", name="Hartley, Dawn", role=Role.MANAGER, own_words="rota; and all", organisation=doorway
    )
    assert second == Invitee(email="b@example.org", name="Bo", role=Role.PRACTITIONER)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"], ids=["UTF-8", "UTF-8 with BOM", "Windows-1252", "UTF-16"]
)
def test_a_file_is_read_as_spreadsheets_save_it(see, encoding):
    [invitee] = see(decode("E-mail;Name\r\na@example.org;Zoë Ångström’s\r\n".encode(encoding))).invitees
    assert invitee.name == "Zoë Ångström’s"


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"\x81\x8d\x8f", b"\xff\xfe\x00\xd8"])
def test_what_is_no_text_is_told_in_words(data):
    with pytest.raises(ValidationError) as caught:
        decode(data)
    assert "CSV" in caught.value.messages[0]


@pytest.mark.parametrize("head", ["email", "E-Mail Address", "EMAIL", "e_mail", "Mail"])
def test_columns_are_known_by_any_case_order_and_common_names(see, doorway, head):
    preview = see(f"Organization,Job,{head},ROLE,Phone\nDoorway,nurse,a@example.org,manager,123\n")
    assert preview.invitees == [
        Invitee(email="a@example.org", role=Role.MANAGER, own_words="nurse", organisation=doorway)
    ]
    assert any("Phone" in note for note in preview.notes)


def test_addresses_alone_need_no_first_line(see):
    preview = see("\ufeffa@example.org\n\n B@Example.org \nnobody\n")
    assert addresses(preview) == ["a@example.org", "b@example.org"]
    assert "whole e-mail address" in problem_in(preview, 4)
    assert any("Practitioner" in note for note in preview.notes)
    assert addresses(see("e-mail\na@example.org")) == ["a@example.org"]


def test_a_role_is_known_by_its_key_its_word_and_the_partnerships_own_word(place, see):
    place.words = {"role:expert": "Someone who has been there"}
    place.save()
    cells = ["expert", "EXPERT BY EXPERIENCE", "someone  who has been there", "boss"]
    preview = see("e-mail,role\n" + "\n".join(f"p{n}@example.org,{cell}" for n, cell in enumerate(cells)))
    assert [row.role for row in preview.invitees] == [Role.EXPERT] * 3
    assert "“boss” is no role here" in problem_in(preview, 5)
    assert "Someone who has been there" in problem_in(preview, 5)


def test_an_organisation_is_one_of_the_site(see, doorway):
    preview = see("e-mail,organisation\na@example.org,DOORWAY\nb@example.org,Nowhere Ltd\n")
    assert preview.invitees[0].organisation == doorway
    assert "“Nowhere Ltd” is no organisation on this site" in problem_in(preview, 3)


def test_a_list_for_an_organisation_has_neither_role_nor_organisation(doorway, orgadmin):
    preview = look_at("e-mail,name,job,role\na@example.org,A,nurse,manager", place=doorway, by=orgadmin)
    assert [(row.email, row.name, row.own_words) for row in preview.invitees] == [("a@example.org", "A", "nurse")]
    assert any("role" in note for note in preview.notes)
    assert not any("Where no role is given" in note for note in preview.notes)


# What is wrong in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-2", "@SUM(A1)", '"\t=1"', " =1", "＝1"])
def test_a_formula_is_refused_in_its_line(see, cell):
    for column in ("name", "phone"):
        text = f"e-mail,{column}\na@example.org,{cell}\nb@example.org,1"
        preview = see(text)
        assert "as a formula does" in problem_in(preview, 2)
        assert addresses(preview) == ["b@example.org"]


def test_an_address_twice_names_the_line_that_has_it(see):
    preview = see("e-mail\na@example.org\nb@example.org\nA@example.org")
    assert addresses(preview) == ["a@example.org", "b@example.org"]
    assert "line 2" in problem_in(preview, 4)


def test_who_is_not_to_be_invited_is_told_in_the_line(see, place, steward):
    EmailAddress.objects.create(user=steward, email="private@example.org", verified=True)
    member = make.make_member(partnership=place).person
    known = make.make_person(email="has-an-account@example.org")
    actions.invite(place=place, invitee=Invitee(email="open@example.org"), by=steward)
    text = f"{steward.email}\nprivate@example.org\n{member.email}\nOpen@example.org\n{known.email}\nnew@example.org"
    preview = see(text)
    assert [bool(line.problems) for line in preview.lines] == [True, True, True, True, False, False]
    assert "own address" in problem_in(preview, 1)
    assert "member already" in problem_in(preview, 3)
    assert "open invitation" in problem_in(preview, 4)


@pytest.mark.parametrize("line", ['"a@example.org', 'a@example.org,"Bo" x', '"a\n@example.org",Bo'])
def test_quotation_marks_that_do_not_match_spoil_their_line_only(see, line):
    preview = see(f"e-mail,name\n{line}\nlast@example.org,Last")
    assert problem_in(preview, 2)
    assert addresses(preview)[-1] == "last@example.org"


def test_characters_that_were_lost_are_told_in_their_line(see):
    preview = see("e-mail,name\na@example.org,N\0ul\nb@example.org,Lo\ufffdst\nc\ufffd@example.org,C\nd@example.org,D")
    assert addresses(preview) == ["d@example.org"]
    for number in (2, 3, 4):
        assert problem_in(preview, number)


def test_a_cell_too_many_and_a_name_too_long(see):
    preview = see(f"e-mail,name\na@example.org,A,more\nb@example.org,{'B' * 121}\nc@example.org\nd@example.org,D,,")
    assert "1 more cell" in problem_in(preview, 2)
    assert "120" in problem_in(preview, 3)
    assert addresses(preview) == ["c@example.org", "d@example.org"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing here yet"),
        (" \n,,;\n\t\n", "nothing here yet"),
        ("name,role\nDawn,manager", "no column for the address"),
        ("a@example.org,Dawn\nb@example.org,Bo", "first line has to say"),
        ("e-mail,email\na@example.org,b@example.org", "Two columns say the same"),
        ("e-mail,name", "Nobody stands below"),
        ('"e-mail,name\na@example.org,A', "quotation marks in the first line"),
    ],
)
def test_a_list_that_cannot_be_read_at_all_says_why(see, text, words):
    assert words in refusal(see, text)


def test_five_thousand_lines_are_too_many_and_five_hundred_are_not(see):
    lines = [f"p{number}@example.org" for number in range(5000)]
    assert "5,000 lines" in refusal(see, "\n".join(lines))
    assert len(see("\n".join(lines[:500])).invitees) == 500
    assert "501" in refusal(see, "\n".join(lines[:501]))


def test_a_longer_list_asks_no_more_often(see, doorway, django_assert_num_queries):
    lines = [f"p{number}@example.org,Doorway" for number in range(200)]
    # Own addresses, members, open invitations, organisations.
    with django_assert_num_queries(4):
        see("e-mail,organisation\n" + "\n".join(lines))


# The page ----------------------------------------------------------------------------------------------


def upload(client, url, data, name="people.csv"):
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def hidden(answer, name):
    return answer.text.partition(f'name="{name}" value="')[2].partition('"')[0]


def look(client, url, text):
    return client.post(url, {"people": text, "draft_key": "a-list"})


def send(client, url, text, seen):
    return client.post(
        url, {"people": text, "draft_key": "a-list", "looked_at": hidden(seen, "looked_at"), "send": "1"}
    )


# Journey 10: fourteen people, two errors.
FOURTEEN = ["E-mail;Name;Job"] + [f"person{number}@example.org;Person {number};outreach worker" for number in range(14)]
FOURTEEN[4], FOURTEEN[9] = "person3.example.org;Person 3;", "person8@example.org;=HYPERLINK(1);"
LIST = "\r\n".join(FOURTEEN)


@pytest.mark.parametrize("whose", ["partnership", "organisation"])
def test_a_file_is_shown_line_by_line_and_sent_on_the_second_click(
    place, steward, doorway, orgadmin, whose, monkeypatch
):
    monkeypatch.setattr(inviting, "AT_A_TIME", 5)
    there, person = (place, steward) if whose == "partnership" else (doorway, orgadmin)
    name = "invitation-import" if whose == "partnership" else "organisation-import"
    about = place.slug if whose == "partnership" else doorway.public_id
    client, url = signed_in(person), reverse(f"partnerships:{name}", args=[about])
    assert client.get(url).status_code == 200
    seen = upload(client, url, LIST.encode("cp1252"))
    assert seen.status_code == 200
    for said in (
        "Send 12 invitations",
        "2 lines are left out",
        "whole e-mail address",
        "as a formula does",
        "Person 13",
    ):
        assert said in seen.text, said
    # The text stands in a box, to be mended in place; and nothing has gone.
    assert "person3.example.org;Person 3;" in seen.text
    assert not Invitation.objects.exists()
    assert not Outbox.objects.exists()
    answer = send(client, url, LIST, seen)
    assert answer.status_code == 302
    assert Invitation.objects.open().to(there).count() == 12
    assert Outbox.objects.count() == 12
    listed = client.get(answer["Location"]).text
    assert "12 invitations are on their way. Lines 5 and 10 were left out." in listed


def test_what_was_mended_is_looked_at_before_it_goes(place, steward, url):
    client = signed_in(steward)
    seen = look(client, url, "a@example.org\nnobody")
    again = send(client, url, "a@example.org\nb@example.org", seen)
    assert again.status_code == 200
    assert "The list has changed since you looked at it." in again.text
    assert "Send 2 invitations" in again.text
    assert not Invitation.objects.exists()
    assert send(client, url, "a@example.org\nb@example.org", again).status_code == 302
    assert Invitation.objects.count() == 2


def test_it_is_looked_at_once_more_as_it_goes(place, steward, url):
    """Who was invited between the two clicks is left out, and nobody is invited twice."""
    client, text = signed_in(steward), "a@example.org\nb@example.org"
    seen = look(client, url, text)
    actions.invite(place=place, invitee=Invitee(email="a@example.org"), by=steward)
    answer = send(client, url, text, seen)
    assert "1 invitation is on its way. Line 1 was left out." in client.get(answer["Location"]).text
    assert Outbox.objects.count() == 2
    # The action looks as well: between the look and the lock somebody else may have come first.
    left = actions.invite_all(
        place=place,
        invitees=[Invitee(email="a@example.org"), Invitee(email="c@example.org"), Invitee(email="c@example.org")],
        by=steward,
    )
    assert [row.email for row in left] == ["a@example.org", "c@example.org"]


def test_a_second_click_sends_nothing_twice(place, steward, url):
    client, text = signed_in(steward), "a@example.org"
    seen = look(client, url, text)
    assert send(client, url, text, seen).status_code == 302
    again = send(client, url, text, seen)
    assert again.status_code == 302
    assert "sent already" in client.get(again["Location"]).text
    assert Outbox.objects.count() == 1
    # What was kept of the list while it was typed is gone.
    assert not Draft.objects.open().exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (b"PK\x03\x04", "Save it as CSV"),
        (b"a@example.org\n" * 80_000, "larger than 1 MB"),
        ("\n".join(f"p{number}@example.org" for number in range(5000)).encode(), "5,000 lines"),
        (b"\0\0\0\0", "is not a whole e-mail address"),
        (b"\xff\xfe\x00\xd8", "something else than text"),
        (b'"e-mail,name', "quotation marks"),
    ],
    ids=["empty", "a spreadsheet", "too large", "5,000 lines", "NUL", "half a surrogate", "a quotation mark"],
)
def test_a_bad_file_gets_clear_words(place, steward, url, data, words):
    answer = upload(signed_in(steward), url, data)
    assert answer.status_code in {200, 422}
    assert words in answer.text
    assert 'name="send"' not in answer.text
    assert not Outbox.objects.exists()


def test_nothing_at_all_gets_clear_words(place, steward, url):
    client = signed_in(steward)
    for posted in ({}, {"people": ""}, {"file": ""}, {"people": " \r\n"}):
        answer = client.post(url, posted)
        assert answer.status_code == 422
        assert "There is nothing here yet" in answer.text


def test_one_button_takes_the_file_or_the_box_and_never_one_over_the_other(place, steward, url):
    """What was pasted is not thrown away because a file was chosen, or because none was."""
    client = signed_in(steward)
    assert client.get(url).text.count("Look at it</button>") == 1
    both = {"file": SimpleUploadedFile("people.csv", b"from-file@example.org"), "people": "pasted@example.org"}
    answer = client.post(url, both)
    assert answer.status_code == 422
    assert "There is a list in the box as well" in answer.text
    assert "pasted@example.org" in answer.text
    assert "from-file@example.org" not in answer.text


def test_what_was_pasted_stays_in_its_box_when_it_cannot_be_read(place, steward, url):
    answer = look(signed_in(steward), url, "name,role\nDawn,manager")
    assert answer.status_code == 422
    assert "Dawn,manager" in answer.text
    assert "no column for the address" in answer.text


def test_a_half_surrogate_in_a_paste_is_told_in_its_line(place, steward, url):
    answer = signed_in(steward).post(
        url,
        b"draft_key=a-list&people=e-mail,name%0Aa@example.org,%ED%A0%80x%0Ab@example.org,N%00ul",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert answer.text.count("did not arrive whole") == 2


def test_no_list_gives_a_duty(place, steward, see):
    preview = see("e-mail,role,steward,learning partner\na@example.org,steward,yes,yes\nb@example.org,manager,yes,yes")
    assert "no role here" in problem_in(preview, 2)
    [invitee] = preview.invitees
    assert (invitee.steward, invitee.learning_partner) == (False, False)
    assert sum("left out" in note for note in preview.notes) == 2


def test_without_an_agreement_no_list_is_read(steward):
    bare = make.make_partnership(by=steward)
    url = reverse("partnerships:invitation-import", args=[bare.slug])
    answer = look(signed_in(steward), url, "a@example.org")
    assert answer.status_code == 422
    assert reverse("partnerships:agreement-detail", args=[bare.slug]) in answer.text
    assert not Outbox.objects.exists()
