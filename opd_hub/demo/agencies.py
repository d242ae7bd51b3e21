"""The agencies of the regency as on its own list, with made-up accounts on the platforms."""

from accounts.models import Agency
from platforms.models import Channel

INITIALS = {"i": "instagram", "f": "facebook", "x": "x"}
UNCONNECTED = {("DISHUB", "x"), ("KESBANGPOL", "facebook")}  # nobody typed their keys in yet
NUMBERS = {"instagram": "1784140", "facebook": "1000000", "x": "1400000"}

# code | name | what people say | initials of its platforms
AGENCIES = """
SETDA|Sekretariat Daerah|Setda|f
PROKOPIM|Bagian Protokol dan Komunikasi Pimpinan|Humas|ifx
SETWAN|Sekretariat DPRD|Setwan|f
ITDA|Inspektorat Daerah|Inspektorat|f
DISDIKBUD|Dinas Pendidikan dan Kebudayaan|Disdikbud|ifx
DINKES|Dinas Kesehatan|Dinkes|ifx
RSUD|RSUD Solok Selatan|RSUD|if
PUTRP|Dinas Pekerjaan Umum, Penataan Ruang dan Pertanahan|PUTRP|ifx
PERKIMLH|Dinas Perumahan, Kawasan Permukiman dan Lingkungan Hidup|Perkim LH|if
SATPOLPPDAMKAR|Satuan Polisi Pamong Praja dan Pemadam Kebakaran|Satpol PP Damkar|fx
BPBD|Badan Penanggulangan Bencana Daerah|BPBD|ifx
DINSOS|Dinas Sosial|Dinsos|f
DPPKBPPPA|Dinas Pengendalian Penduduk KB, Pemberdayaan Perempuan dan Perlindungan Anak|DPPKBPPPA|if
DISDUKCAPIL|Dinas Kependudukan dan Pencatatan Sipil|Disdukcapil|ifx
DPMN|Dinas Pemberdayaan Masyarakat dan Nagari|DPMN|f
DISHUB|Dinas Perhubungan|Dishub|fx
DISKOMINFO|Dinas Komunikasi dan Informatika|Diskominfo|ifx
KOPERINDAG|Dinas Koperasi UKM, Perindustrian dan Perdagangan|Koperindag|if
DPMPTSP|Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu|DPMPTSP|i
PARPORA|Dinas Pariwisata, Pemuda dan Olahraga|Parpora|ifx
PUSIP|Dinas Perpustakaan dan Arsip|Pusip|if
DISTAN|Dinas Pertanian|Distan|if
PANGANIKAN|Dinas Pangan dan Perikanan|Dispangkan|f
BKPSDM|Badan Kepegawaian dan Pengembangan SDM|BKPSDM|i
BAPPEDA|Badan Perencanaan Pembangunan Daerah|Bappeda|i
BPKD|Badan Pengelolaan Keuangan Daerah|BPKD|f
KESBANGPOL|Badan Kesatuan Bangsa dan Politik|Kesbangpol|if
KECSANGIR|Kecamatan Sangir|Kec. Sangir|if
KECSUNGAIPAGU|Kecamatan Sungai Pagu|Kec. Sungai Pagu|f
KECKPGD|Kecamatan Koto Parik Gadang Diateh|Kec. KPGD|f
KECJUJUAN|Kecamatan Sangir Jujuan|Kec. Sangir Jujuan|f
KECBATANGHARI|Kecamatan Sangir Batang Hari|Kec. Sangir Batang Hari|f
KECPAUHDUO|Kecamatan Pauh Duo|Kec. Pauh Duo|f
KECBALAIJANGGO|Kecamatan Sangir Balai Janggo|Kec. Sangir Balai Janggo|f
""".strip()


def make_agencies() -> dict[str, Agency]:
    """Every agency by its code, in the database."""
    rows = [line.split("|") for line in AGENCIES.splitlines()]
    made = Agency.objects.bulk_create(
        Agency(code=code, name=name, short_name=short) for code, name, short, _ in rows
    )
    return {agency.code: agency for agency in made}


def make_channels(agencies: dict[str, Agency]) -> list[Channel]:
    """Every account of every agency; those that nobody connected hold no credentials."""
    channels = []
    for number, line in enumerate(AGENCIES.splitlines(), start=1):
        code, _name, _short, initials = line.split("|")
        for platform in (INITIALS[initial] for initial in initials):
            channel = _channel(agencies[code], platform, number)
            if (code, platform) not in UNCONNECTED:
                channel.keep_secrets(secrets(channel))
            channels.append(channel)
    return Channel.objects.bulk_create(channels)


def _channel(agency: Agency, platform: str, number: int) -> Channel:
    return Channel(
        agency=agency,
        platform=platform,
        adapter_key=platform,
        remote_id=f"{NUMBERS[platform]}{number:06d}",
        handle=f"contoh_{agency.code.lower()}",
        name=agency.name,
    )


def secrets(channel: Channel) -> dict[str, str]:
    """The credentials that the sandbox knows for this account."""
    key = f"{channel.platform}-{channel.handle}"
    if channel.platform == "x":
        return {"access_token": f"{channel.remote_id}-{key}", "access_secret": f"rahasia-{key}"}
    return {"token": f"token-{key}"}
