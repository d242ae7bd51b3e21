"""Made-up people for the demo, one password for all of them, and who is offered at the door."""

from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from accounts import second_factor
from accounts.models import Agency, Role, User
from publishing import guidebook
from publishing.models import Pledge

PASSWORD = "rumah-gadang-sembilan-ruang"
DOMAIN = "contoh.test"

# sign-in | name | role | agency
PEOPLE = """
sari|Sari Puspita|author|DINKES
budi|Budi Hartawan|author|DISDIKBUD
dewi|Dewi Kartini Rahmah|reviewer|PROKOPIM
fajar|Fajar Pratama|reviewer|PROKOPIM
hendra|Hendra Wijaksana|agency_head|DINKES
ratna|Ratna Juwita|coordinator|PROKOPIM
adi|Adi Saputro|admin|
maya|Maya Anggraini|auditor|
yusuf|Yusuf Iskandar|leader|
rani|Rani Oktavia|author|PROKOPIM
ilham|Ilham Maulana|author|BPBD
nita|Nita Permata|author|DISDUKCAPIL
gilang|Gilang Ramadhan|author|PUTRP
putri|Putri Melati|author|PARPORA
wulan|Wulan Sekar|author|RSUD
dodi|Dodi Firmansyah|author|PERKIMLH
laras|Laras Ayuningtyas|author|PUSIP
arman|Arman Setiawan|author|DISTAN
citra|Citra Lestari|author|KOPERINDAG
bayu|Bayu Nugraha|author|DISHUB
tika|Tika Amelia|author|DINSOS
reza|Reza Fadhilah|author|DISKOMINFO
intan|Intan Kemala|author|DPPKBPPPA
hafiz|Hafiz Akbar|author|SATPOLPPDAMKAR
lina|Lina Marlina|author|KECSANGIR
joni|Joni Saputra|author|DPMPTSP
sinta|Sinta Maharani|author|BAPPEDA
rudi|Rudi Gunawan|author|KESBANGPOL
""".strip()
NEWCOMERS = {"rudi"}  # has not read the guidelines yet
AT_THE_DOOR = ["sari", "budi", "dewi", "fajar", "hendra", "ratna", "adi", "maya", "yusuf"]


@dataclass(frozen=True)
class SignIn:
    """One demo sign-in, in words for the page and the terminal."""

    name: str
    role: str
    email: str
    password: str


def make_people(agencies: dict[str, Agency]) -> dict[str, User]:
    """Everybody by the first part of their address. The password is hashed once, for speed."""
    sealed = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(
            email=f"{login}@{DOMAIN}",
            name=name,
            role=role,
            agency=agencies.get(code),
            password=sealed,
            is_staff=role == Role.ADMIN,
            is_superuser=role == Role.ADMIN,
        )
        for login, name, role, code in (line.split("|") for line in PEOPLE.splitlines())
    )
    for person in filter(second_factor.must_give, made):
        TOTP.activate(person, generate_totp_secret())  # the page at the door shows its code
        RecoveryCodes.activate(person)
    read = [person for person in made if person.email.partition("@")[0] not in NEWCOMERS]
    Pledge.objects.bulk_create(Pledge(user=person, version=guidebook.VERSION) for person in read)
    return {person.email.partition("@")[0]: person for person in made}


def author_of(code: str) -> str:
    """Who writes for this agency: the first part of their address. Raises KeyError."""
    for line in PEOPLE.splitlines():
        login, _name, role, agency = line.split("|")
        if role == Role.AUTHOR and agency == code:
            return login
    raise KeyError(code)


def signins() -> list[SignIn]:
    """One person or two per role, as they stand in the database; empty without demo data."""
    known = {
        person.email: person
        for person in User.objects.select_related("agency").filter(email__endswith=f"@{DOMAIN}")
    }
    addresses = [f"{login}@{DOMAIN}" for login in AT_THE_DOOR]
    return [
        SignIn(known[at].name, _role(known[at]), at, PASSWORD) for at in addresses if at in known
    ]


def _role(person: User) -> str:
    role = str(person.get_role_display())
    return f"{role} · {person.agency.short_name}" if person.agency else role
