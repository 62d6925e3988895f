"""Messages, each with something that says who somebody is, and the pieces of it that may be found nowhere."""

from typing import Dict, Tuple

CANARIES = {
    "bel me terug op 06 41928375": "41928375",
    "mijn nummer is 0031 6 52 83 91 74": "52 83 91 74",
    "tel 06-73918264 na zessen": "73918264",
    "je kan me bereiken op +32 471 83 92 65": "83 92 65",
    "ons thuisnummer: 030 241 83 97": "241 83 97",
    "mail maar naar wieneke.brandsma@kpnplanet.example": "wieneke.brandsma",
    "WIENEKE_B@HOTMAIL.EXAMPLE is mijn adres": "WIENEKE_B",
    "stuur iets naar info(at)familiedroste.nl": "familiedroste",
    "ze moesten betalen op NL91 ABNA 0417 1643 00": "0417 1643",
    "rekening BE68539007547034 gaven ze op": "539007547034",
    "iban is NL20INGB0001234567": "INGB0001234567",
    "zijn bsn is 123456782": "123456782",
    "mijn burgerservicenummer 111222333 vroegen ze": "111222333",
    "hij heeft met kaart 5555 5555 5555 4444 betaald": "5555 4444",
    "de creditcard 4012888888881881 is gebruikt": "4012888888881881",
    "naar 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 moest het": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    "bitcoin bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq": "ar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "0x52908400098527886E0F7030069857D2E4169EE7 was het adres": "52908400098527886E0F7030069857D2E4169EE7",
    "hij zat op 52.09273, 5.10451": "52.09273",
    "locatie 51.2194 N 4.4025 O stond erbij": "51.2194",
    "wij wonen op de Boterdiepstraat 48": "Boterdiepstraat",
    "adres is lindenlaan 17b": "lindenlaan 17",
    "we wonen Kerkweg 203, 3581 XZ Utrecht": "3581 XZ",
    "postcode 9712JN": "9712JN",
    "in de Wijnhaverdreef 12 te 2300 Turnhout": "Wijnhaverdreef",
    "het staat op https://dropfiles.example/s/kq83hd": "kq83hd",
    "kijk op www.vriendenvanmila.nl/fotos": "vriendenvanmila",
    "discord.gg/Yz7QwpL was de groep": "Yz7QwpL",
    "op insta is het @mila_zonnetje.09": "mila_zonnetje",
    "zijn snapnaam is donkere_ridder77": "donkere_ridder77",
    "discord: nachtuil#4821": "nachtuil#4821",
    "de dader heet kevin_vdb2004": "kevin_vdb2004",
    "mijn dochter Jorinde is 13": "Jorinde",
    "onze zoon Thijmen durft niks": "Thijmen",
    "mn zoontje heet tygo": "tygo",
    "ik ben Wieneke Brandsma": "Brandsma",
    "groetjes van Roswitha": "Roswitha",
    "ze zit op het Aletta Jacobscollege": "Aletta",
    "hij zit op sint-vitusschool": "sint-vitus",
    "zijn vriend Bartholomeus weet het": "Bartholomeus",
}
PAIRS = {
    "mijn zoon Thorvald Poelgeest wordt gechanteerd": ("Thorvald", "Poelgeest"),
    "onze dochter Ismay van der Wolk huilt alleen nog": ("Ismay", "Wolk"),
    "mijn ex Radboud Kroezinga dreigt ermee": ("Radboud", "Kroezinga"),
    "de mama van Jolien Vercruyssen belde mij op": ("Jolien", "Vercruyssen"),
    "onze Wannes Dhondtvael zegt niks meer": ("Wannes", "Dhondtvael"),
    "mijn neef Zakaria El Khalloufi heeft het doorgestuurd": ("Zakaria", "Khalloufi"),
    "mijn zus haar dochter, Anne Fleurtje Botterweg, weet het": ("Fleurtje", "Botterweg"),
    "mijn kleinzoon Joost-Jan ten Hoevelaken is 12": ("Joost-Jan", "Hoevelaken"),
    "my son Lachlan Thistlewood is terrified": ("Lachlan", "Thistlewood"),
    "our daughter Saoirse Gallowglass sent one picture": ("Saoirse", "Gallowglass"),
    "her friend Oluwaseun Babatunde-Pryce passed it on": ("Oluwaseun", "Babatunde"),
    "a boy called Tarquin Featherstonhaugh asked for it": ("Tarquin", "Featherstonhaugh"),
}
"""Who it is to the parent, first name and surname."""
SAID: Dict[str, Tuple[str, ...]] = {**{said: (piece,) for said, piece in CANARIES.items()}, **PAIRS}
UNUSUAL = "waterjuffer"
"""A word that says nothing of anybody: it stays in a message that is kept, and may stand in no log."""
