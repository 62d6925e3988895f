"""A parent is helped in Telegram as on the website, in Telegram's own forms."""

REPORT = "mijn zoon van 14 wordt op snapchat gechanteerd met een naaktfoto, ze willen 300 euro"


def test_try(parent, bot):
    for shown in parent.say("/start"):
        print(shown)
    for shown in parent.say(REPORT):
        print(shown)
    for shown in parent.say("hij zit naast me"):
        print(shown)
    for shown in parent.say("nee, hij heeft niks gezegd"):
        print(shown)
    for shown in parent.say("/plan"):
        print(shown)
    for shown in parent.say("/bellen"):
        print(shown)
    for shown in parent.say("kan ik het plan bewaren?"):
        print(shown)
    for shown in parent.say("/wis"):
        print(shown)
    print(bot.api.complaints)
    print((bot.servers.folder / "rasa.log").read_text()[-3000:])
