"""Made-up help-desk facts: statements, questions they answer, questions they do not.

Every fact is (topic, heading, statement, questions answered, near misses). A near
miss sounds as if the statement held the answer, but it does not: another
country, another product, another detail of the same matter. Braces are slots;
`{country2}` is a value of the same kind other than `{country}`. Written for
this project; whole facts (by position) are kept for development.
"""
import random
import re
import zlib

SLOTS = {
    "country": "Germany|Austria|Switzerland|France|Italy|Spain|Norway|Sweden|Denmark|Finland|Poland|Portugal|Ireland|Belgium|the Netherlands|Luxembourg|Greece|Canada|Japan|Australia|New Zealand|Mexico|Brazil|India|Iceland|Turkey|the United States|the United Kingdom|Hungary|Croatia".split("|"),
    "city": "Berlin|Vienna|Zurich|Hamburg|Munich|Lyon|Oslo|Leeds|Dublin|Boston|Denver|Toronto|Porto|Ghent|Turin|Bergen|Malmo|Graz|Basel|Seattle|Austin|Bristol|Cork|Lille".split("|"),
    "n": "2|3|4|5|6|7|8|10|12|14|15|20|21|24|28|30|45|48|60|90|100".split("|"),
    "big": "150|200|250|300|400|500|750|1,000|1,200|2,000|5,000|10,000".split("|"),
    "year": "one year|two years|three years|five years|ten years|24 months|36 months|six months".split("|"),
    "price": "$3.90|$4.95|$9|$12|€5|€6.90|€9.50|€15|£4|£7.50|$19.99|€25|$49|€75|CHF 8|CHF 12".split("|"),
    "pay": "PayPal|Visa|Mastercard|American Express|Apple Pay|Google Pay|Klarna|bank transfer|direct debit|invoice|gift cards|cash on delivery|Sofort|iDEAL|Bitcoin|cheque".split("|"),
    "carrier": "DHL|UPS|FedEx|DPD|GLS|Hermes|Royal Mail|Swiss Post|PostNord|La Poste|Austrian Post".split("|"),
    "item": "shoes|jackets|lamps|bicycles|tents|sofas|headphones|coffee machines|backpacks|watches|mattresses|sunglasses|skis|plants|books|toys|printers|phones|sweaters|helmets|keyboards|tea sets|knives|carpets|pillows|candles|razors|guitars|drills|garden chairs".split("|"),
    "product": "Alto 3|Brisa Pro|Corvo|Delta Mini|Esker 200|Fjord X|Gamma Plus|Halo Air|Ibis|Juno 4|Kite S|Lumen 50|Mira Home|Nova 2|Orbit|Pico Max|Quill|Ridge 7|Sola|Terra Lite|Umbra|Vela One|Wren|Zephyr".split("|"),
    "plan": "Free|Basic|Starter|Standard|Plus|Team|Business|Professional|Premium|Enterprise|Family|Student".split("|"),
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|"),
    "time": "7 am|8 am|8:30 am|9 am|10 am|11 am".split("|"),
    "late": "2 pm|4 pm|5 pm|5:30 pm|6 pm|7 pm|8 pm|10 pm".split("|"),
    "part": "battery|charger|motor|screen|zip|sole|strap|filter|handle|lid|hinge|cable|remote control|pump|lens|keyboard|wheel|frame".split("|"),
    "material": "cotton|merino wool|leather|recycled polyester|oak|stainless steel|aluminium|linen|bamboo|down|silk|ceramic|glass|cork".split("|"),
    "app": "Windows|macOS|Linux|iOS|Android|Chrome|Firefox|Safari|Edge".split("|"),
    "tool": "Slack|Salesforce|Outlook|Shopify|Zapier|Jira|HubSpot|Google Calendar|Dropbox|Teams|WordPress|Notion".split("|"),
    "format": "PDF|CSV|Excel|JSON|XML|Word|PNG|MP4".split("|"),
    "month": "January|February|March|April|May|June|July|August|September|October|November|December".split("|"),
    "lang": "English|German|French|Italian|Spanish|Dutch|Polish|Portuguese|Swedish|Turkish".split("|"),
    "mail": "help|service|support|returns|orders|contact".split("|"),
    "code": "WELCOME|SPRING|SAVE|HELLO|FRIEND|SUMMER".split("|"),
    "size": "34|36|38|40|42|44|46|XS|S|M|L|XL|XXL".split("|"),
    "pet": "dogs|cats|small dogs|large dogs|birds".split("|"),
    "meal": "breakfast|lunch|dinner|afternoon tea".split("|"),
    "room": "single rooms|double rooms|family rooms|suites".split("|"),
}

# topic | heading | statement | answered; ... | near miss; ...
TABLE = """
delivery|Shipping > {country}|We deliver to {country} within {n} working days.|Do you deliver to {country}?;How long does delivery to {country} take?;When will my parcel arrive in {country}?|Do you deliver to {country2}?;How long does delivery to {country2} take?;How much does delivery to {country} cost?;Can I collect my order in {country}?;Which carrier do you use in {country}?
delivery|Shipping > Costs|Standard shipping costs {price} for every order.|How much is standard shipping?;What do you charge for shipping?|How much is express shipping?;What does shipping of bulky goods cost?;How long does standard shipping take?;Is return shipping free?
delivery|Shipping > Express|Express orders placed before {late} leave our warehouse the same day.|Until when must I order express for same-day dispatch?;When does an express order leave the warehouse?|What does express delivery cost?;Do you offer express delivery to {country}?;Do you dispatch express orders on {day}?;Can I upgrade to express after ordering?
delivery|Shipping > Free shipping|Orders over {price} are shipped free of charge.|From what amount is shipping free?;When do I pay no shipping?|Is shipping to {country} free?;Is express shipping free too?;Are returns free of charge?;Do members get free shipping?
delivery|Delivery > Carriers|Parcels are delivered by {carrier}.|Who delivers the parcels?;Which carrier do you use?|Do you ship with {carrier2}?;What is the phone number of {carrier}?;On which days does {carrier} deliver?;Can I choose the delivery time?
delivery|Delivery > Tracking|You receive a tracking link by e-mail as soon as the parcel is handed to {carrier}.|How can I track my parcel?;When do I get the tracking link?;Where is my order?|Can I get tracking by text message?;Can I change the address while the parcel is on its way?;What if the tracking link does not work?;Why has my tracking not changed for {n} days?
delivery|Delivery > Pickup|Orders can be collected from our store in {city} after {n} hours.|Can I pick up my order in {city}?;How soon can I collect my order in {city}?|Can I pick up my order in {city2}?;How long do you keep an order for pickup?;Do I need identification for pickup?;Can a friend collect my order?
delivery|Delivery > Large items|{Item} are delivered by two people to the room of your choice.|How are {item} delivered?;Are {item} carried into my room?|How are {item2} delivered?;Do you take away old {item}?;Do you assemble {item}?;What does delivery of {item} cost?
delivery|Shipping > PO boxes|We cannot ship to PO boxes or parcel lockers.|Can you ship to a PO box?;Do you deliver to parcel lockers?|Do you deliver to offices?;Can I have it delivered to a neighbour?;Do you ship to military addresses?;Do you deliver to islands?
delivery|Delivery > Damage|If a parcel arrives damaged, send us photos within {n} days.|What should I do if my parcel is damaged?;How long do I have to report a damaged parcel?|What if an item is missing from my parcel?;How long does a replacement take?;Who pays for sending a damaged item back?;What should I do if my parcel is late?
returns|Returns|You can return unworn {item} within {n} days of delivery.|How long do I have to return {item}?;Can I return {item}?;What is the return period for {item}?|Can I return {item2}?;Can I exchange {item} in a store?;Who pays for the return of {item}?;Can I return {item} bought on sale?;Can I return worn {item}?
returns|Returns > Refunds|We refund the purchase price within {n} days after your return reaches us.|When do I get my money back?;How long does a refund take?|Are shipping costs refunded?;Can I have the refund as a voucher?;Can the refund go to another account?;How long do I have to return an item?
returns|Returns > Label|A return label for {carrier} is included in every parcel.|Where is the return label?;Do I get a return label?|What if I lost the return label?;Can I send the return with {carrier2}?;What does a return cost?;Where can I drop off the return?
returns|Returns > Costs|Return shipping costs {price} and is taken off the refund.|What does a return cost?;Who pays for return shipping?|What does an exchange cost?;How long does a refund take?;Is the return of faulty items free?;What does a return from {country} cost?
returns|Returns > Exchange|Exchange for another size is free once per order.|Does an exchange for another size cost anything?;How often can I exchange for free?|Can I exchange for another colour?;How long does an exchange take?;Can I exchange an item without the receipt?;Can I exchange a gift?
returns|Returns > Excluded|Personalised {item} cannot be returned.|Can I return personalised {item}?;Are engraved or personalised {item} returnable?|Can I return {item2}?;Can personalised {item} be repaired?;How long does personalising {item} take?;What does personalising {item} cost?
returns|Orders > Cancellation|An order can be cancelled free of charge within {n} hours of placing it.|How long can I cancel my order?;Can I cancel an order for free?|Can I change the size in my order?;Can I cancel only one item?;How long does a refund for a cancelled order take?;Can I cancel a subscription?
returns|Orders > Changes|The delivery address can be changed until the order is packed.|Can I change the delivery address?;Until when can I change my address?|Can I change the billing address?;Can I change the payment method?;Can I add an item to my order?;Can I change the delivery date?
warranty|Warranty > {product}|The {product} comes with a warranty of {year}.|How long is the warranty of the {product}?;Does the {product} have a warranty?|How long is the warranty of the {product2}?;Can I extend the warranty of the {product}?;Does the {product} warranty cover the {part}?;How do I register the {product}?
warranty|Warranty > Coverage|The warranty does not cover wear of the {part}.|Does the warranty cover wear of the {part}?;Is the {part} covered when it wears out?|Does the warranty cover the {part2}?;How long is the warranty?;What does a new {part} cost?;Does the warranty cover accidental damage?
warranty|Repairs|A repair takes about {n} working days.|How long does a repair take?;When do I get my repaired device back?|What does a repair cost?;Do you repair devices bought elsewhere?;Do I get a replacement device during the repair?;Can I bring my device to a store for repair?
warranty|Repairs > Spare parts|A replacement {part} for the {product} costs {price}.|What does a new {part} for the {product} cost?;How much is a {part} for the {product}?|What does a new {part2} for the {product} cost?;What does a new {part} for the {product2} cost?;How do I replace the {part} of the {product}?;How long does the {part} of the {product} last?
warranty|{product} > Care|Clean the {part} of the {product} with a dry cloth once a week.|How do I clean the {part} of the {product}?;How often should I clean the {part} of the {product}?|How do I replace the {part} of the {product}?;Can I put the {part} of the {product} in the dishwasher?;How do I clean the {part2} of the {product}?;What can I do if the {part} of the {product} is broken?
warranty|{product} > Technical data|The {product} weighs {n} kg and runs up to {n2} hours on one charge.|How heavy is the {product}?;How long does the {product} run on one charge?|How long does it take to charge the {product}?;Is the {product} waterproof?;How heavy is the {product2}?;How big is the {product}?;Can the battery of the {product} be replaced?
warranty|{product} > Reset|To reset the {product}, hold the power button for {n} seconds until the light turns off.|How do I reset the {product}?;How long must I hold the button to reset the {product}?|How do I update the {product}?;How do I pair the {product} with my phone?;What does a blinking light on the {product} mean?;How do I reset the {product2}?
payment|Payment > Methods|You can pay with {pay}, {pay2} and {pay3}.|Can I pay with {pay}?;Which payment methods do you accept?;Do you take {pay2}?|Can I pay by {pay4}?;Do you accept {pay5}?;Can I pay in instalments?;Is there a fee for paying with {pay}?;When is my {pay} account charged?
payment|Payment > Invoice|Business customers can pay by invoice within {n} days.|Can businesses pay by invoice?;How long do business customers have to pay an invoice?|Can private customers pay by invoice?;Can I get a reminder before the invoice is due?;Do you charge late fees?;Can I get a copy of my invoice?
payment|Payment > Currency|All prices on the website include VAT.|Do the prices include VAT?|Can I pay in US dollars?;How high is the VAT?;Can I order without VAT?;Do prices include shipping?
payment|Payment > Vouchers|Gift vouchers are valid for {year} from the date of purchase.|How long are gift vouchers valid?;When does my gift voucher expire?|Can I get cash for a gift voucher?;Can I use two vouchers on one order?;Can I return a gift voucher?;Where do I enter the voucher code?;Can the voucher be extended?
payment|Payment > Discounts|New customers get {n}% off their first order with the code {code}{n2}.|Is there a discount for new customers?;What is the code for my first order?|Is there a student discount?;Do you offer a discount for large orders?;Does the code {code2} still work?;Can the discount be combined with sale prices?
payment|Payment > Receipts|The invoice is sent as a {format} file by e-mail after dispatch.|How do I get my invoice?;In which format is the invoice sent?|Can I get the invoice by post?;Can I change the name on the invoice?;Can I get the invoice in {format2} format?;Can I get an invoice before I pay?
account|Account > Password|To reset your password, click "Forgot password" on the login page and follow the link in the e-mail.|How do I reset my password?;I forgot my password, what now?|How do I change my e-mail address?;How long is the reset link valid?;What if I do not get the reset e-mail?;How do I turn on two-factor login?
account|Account > Deletion|Accounts are deleted {n} days after you ask for it.|How long does it take to delete my account?;When will my account be deleted?|Can I get my account back after deletion?;Can I download my data before deletion?;Can I pause my account?;What happens to my vouchers when I delete my account?
account|Account > Users|The {plan} plan includes {n} users.|How many users does the {plan} plan include?;How many people can use the {plan} plan?|How many users does the {plan2} plan include?;What does an extra user on the {plan} plan cost?;What does the {plan} plan cost?;Can users of the {plan} plan have different rights?
account|Plans > {plan}|The {plan} plan costs {price} per month.|How much is the {plan} plan?;What does the {plan} plan cost per month?|How much is the {plan2} plan?;Is there a discount for yearly payment of the {plan} plan?;Can I try the {plan} plan for free?;How can I cancel the {plan} plan?
account|Plans > Trial|You can try the {plan} plan for {n} days without a credit card.|How long is the trial of the {plan} plan?;Do I need a credit card for the {plan} trial?|What happens when the {plan} trial ends?;Can I extend the {plan} trial?;How long is the trial of the {plan2} plan?;What does the {plan} plan cost after the trial?
account|Plans > Storage|Each workspace on the {plan} plan has {n} GB of storage.|How much storage does the {plan} plan have?;What is the storage limit on {plan}?|How much storage does the {plan2} plan have?;Can I buy more storage on {plan}?;How large may a single file be on {plan}?;Where is the data of the {plan} plan stored?
account|Subscription > Cancel|Subscriptions can be cancelled at any time at the end of the month.|When can I cancel my subscription?;How do I get out of my subscription, and by when?|Do I get a refund when I cancel my subscription?;Can I pause my subscription?;Can I give my subscription to someone else?;What happens to my data after cancelling?
account|Integrations|You can connect {tool} and {tool2} under Settings > Integrations.|Where do I connect {tool}?;Can I connect {tool2}?;Does it work with {tool}?|Does it work with {tool3}?;How do I disconnect {tool}?;Does the {tool} integration cost extra?;Why does {tool} show an error?
account|Data > Export|You can export your data as {format} from the account page.|How do I export my data?;Can I export as {format}?|Can I export as {format2}?;How do I import {format} files?;Can I schedule an export?;How long is an export file kept?
account|Apps|The app runs on {app} and {app2}.|Does the app run on {app}?;On what systems does the app run?|Is there an app for {app3}?;Which version of {app} do I need?;Does the app work offline?;What does the app cost?
account|Security|Your data is stored in data centres in {country}.|Where is my data stored?;In which country are your data centres?|Is my data encrypted?;How long is my data kept?;Do you have a data centre in {country2}?;Who can see my data?
account|Notifications|Notifications can be turned off under Profile > Notifications.|How do I turn off notifications?;Where can I switch notifications off?|How do I change the notification sound?;Can I get notifications by text message?;Why do I not get notifications?;Can I have a weekly summary?
contact|Contact > Phone|Our phone line is open from {time} to {late} on weekdays.|When can I call you?;What are the hours of your phone line?|Can I call you on {day6}?;What is your phone number?;Is the call free?;When does the chat open?
contact|Contact > E-mail|Write to {mail}@example.com and we reply within {n} hours.|How do I reach you by e-mail?;How soon do you answer e-mails?|Can I chat with you?;What is your phone number?;Do you answer on weekends?;What is your postal address?
contact|Stores > {city}|The store in {city} is open from {time} to {late}, {day} to Saturday.|When is the {city} store open?;Until when is the shop in {city} open?|When is the {city2} store open?;Can I park at the {city} store?;What is the address of the {city} store?;Does the {city} store repair {item}?
contact|Stores|We have stores in {city} and {city2}.|Where are your stores?;Do you have a store in {city}?|Do you have a store in {city3}?;When is the {city} store open?;Can I return online orders in {city2}?;Will you open a store in {country}?
contact|Contact > Languages|Our support team speaks {lang} and {lang2}.|Which languages does support speak?;Can I get help in {lang}?|Can I get help in {lang3}?;Is the website available in {lang}?;When is {lang} support available?;Are the manuals in {lang}?
contact|Holidays|Our support is closed on public holidays and from the {n} December to New Year.|Are you closed on public holidays?;Is support closed before New Year?|Are the stores closed on public holidays?;Do you deliver on public holidays?;Are you open at Easter?;Who can I call in an emergency?
product|{product} > Material|The {product} is made of {material}.|What is the {product} made of?;Is the {product} made of {material}?|What is the {product2} made of?;Where is the {product} made?;Is the {product} vegan?;Can the {product} be washed?
product|{product} > Care|Wash the {product} at {n} degrees and do not tumble dry it.|At what temperature do I wash the {product}?;Can I tumble dry the {product}?|Can I iron the {product}?;At what temperature do I wash the {product2}?;Can I dry-clean the {product}?;Is the {product} waterproof?
product|{product} > Sizes|The {product} is available in sizes {size} and {size2}.|In what sizes is the {product} available?;Do you have the {product} in {size}?|Do you have the {product} in {size3}?;Does the {product} run small?;In what colours is the {product} available?;When will the {product} be back in stock?
product|{product} > Capacity|The {product} carries up to {big} kg.|How much weight can the {product} carry?;What is the maximum load of the {product}?|How heavy is the {product}?;How much weight can the {product2} carry?;How large is the {product}?;How long does the {product} last?
product|{product} > Compatibility|The {product} works with {app} and {app2}.|Does the {product} work with {app}?;What does the {product} work with?|Does the {product} work with {app3}?;Does the {product2} work with {app}?;Does the {product} need an internet connection?;How do I connect the {product} to {app}?
product|{product} > Assembly|Assembling the {product} takes about {n} minutes and needs no tools.|How long does it take to assemble the {product}?;Do I need tools for the {product}?|Can you assemble the {product} for me?;How many people are needed to assemble the {product}?;Where do I find the manual of the {product}?;How long does it take to assemble the {product2}?
product|Made in {country}|Our {item} are made in {country}.|Where are your {item} made?;Are the {item} from {country}?|Where are your {item2} made?;Are your {item} fair trade?;Who designs your {item}?;Do you ship {item} to {country}?
product|Stock|Sold-out {item} are restocked every {day}.|When are sold-out {item} restocked?;On which day do you restock {item}?|When are {item2} restocked?;Can I reserve {item}?;Can you tell me when {item} are back?;Why are the {item} sold out?
booking|Rooms > Check-in|Check-in starts at {late} and check-out is until {time}.|When is check-in?;Until when can I check out?|Can I check in early?;What does late check-out cost?;Can I leave my luggage after check-out?;When is breakfast?
booking|Rooms > Pets|We welcome {pet} for {price} per night.|Can I bring {pet}?;What do {pet} cost per night?|Can I bring {pet2}?;Is there a dog park nearby?;Do {pet} get a bed in the room?;Can I leave my pet alone in the room?
booking|Dining|We serve {meal} from {time} until {late}.|When do you serve {meal}?;Until when can I have {meal}?|When do you serve {meal2}?;What does {meal} cost?;Do you have vegan food?;Can {meal} be brought to the room?
booking|Parking|Parking is available for {price} a day.|What does parking cost?;Do you have parking?|Can I charge an electric car?;Is the parking guarded?;Can I park a bus?;How high is the garage?
booking|Rooms|Our {room} have a bath and a balcony.|Do {room} have a balcony?;Is there a bath in the {room}?|Do {room2} have a balcony?;What do {room} cost?;Do {room} have a kitchen?;How large are the {room}?
booking|Booking > Cancellation|Bookings can be cancelled free of charge up to {n} days before arrival.|Until when can I cancel my booking?;Is cancelling a booking free?|Can I move my booking to another date?;What does cancelling on the day of arrival cost?;Can I change the number of guests?;How do I get the refund of my deposit?
booking|Booking > Deposit|A deposit of {price} is due when you book.|How much is the deposit?;Is there a deposit?|When do I get the deposit back?;Can I pay the deposit by {pay}?;What does a room cost?;Is the deposit refunded when I cancel?
membership|Membership|Members collect one point for every {price} they spend.|How do I collect points?;How many points do I get for {price}?|How long are my points valid?;What can I get for my points?;How much is membership?;Can I transfer my points?
membership|Membership > Fees|Membership costs {price} a year.|How much is membership?;What do I pay for membership per year?|How do I cancel my membership?;Is there a family membership?;How many points do I need for a voucher?;What do members get?
membership|Newsletter|The newsletter comes out every {day}.|When does the newsletter come out?;How often is the newsletter sent?|How do I unsubscribe from the newsletter?;Is there a discount for newsletter readers?;Can I get the newsletter by post?;Where can I read old newsletters?
support|Tickets|Support tickets on the {plan} plan are answered within {n} hours.|How fast are tickets on the {plan} plan answered?;What is the response time on {plan}?|How fast are tickets on the {plan2} plan answered?;Can {plan} customers call support?;Is {plan} support available on {day}?;How do I open a ticket?
support|Service > Installation|Installation by our technicians costs {price} and takes {n} hours.|What does installation cost?;How long does installation take?|Can I install it myself?;Do you install in {city}?;When can a technician come?;What does removal of the old device cost?
support|Service > Insurance|Insurance covers theft and breakage for {year}.|What does the insurance cover?;How long does the insurance last?|What does the insurance cost?;Does the insurance cover water damage?;How do I report a theft?;Can I cancel the insurance?
support|Rental|Rental {item} cost {price} a day.|What do rental {item} cost?;How much is it to rent {item} per day?|What do rental {item2} cost?;Can I buy rental {item}?;How much is the deposit for rental {item}?;Can I return rental {item} in {city}?
support|Jobs|Apply by e-mail with your CV by the end of {month}.|How do I apply?;Until when can I apply?|What is the salary?;Can I work from home?;Do you offer internships?;When does the job start?
support|Courses|The course for beginners starts in {month} and costs {price}.|When does the beginners' course start?;What does the beginners' course cost?|When does the advanced course start?;How long does the beginners' course take?;Can I cancel the course?;Is there an online course?
support|Order > Minimum|The minimum order value is {price}.|Is there a minimum order value?;What is the least I have to order?|Is there a maximum order value?;From what amount is shipping free?;What is the minimum order for businesses?;Can I order samples?
support|Business > Bulk|Companies that order at least {big} pieces get {n}% off.|Is there a bulk discount for companies?;How many pieces must we order for a discount?|Can you print our logo?;Can schools get a discount?;Can we pay a bulk order in instalments?;How long does a bulk order take?
support|Privacy|Call recordings are deleted after {n} days.|How long are call recordings kept?;When are call recordings deleted?|How long is my order data kept?;Can I listen to the recording?;Who can hear the recordings?;Can I object to the recording?
"""

FACTS = []
for line in TABLE.strip().splitlines():
    topic, heading, statement, yes, no = line.split("|")
    FACTS.append((topic, heading, statement, yes.split(";"), no.split(";")))


def is_dev(index):
    return zlib.crc32(FACTS[index][2].encode()) % 7 == 3


SLOT = re.compile(r"\{([A-Za-z]+?)(\d?)\}")


class Filler:
    """Fills slots; the same name gives the same value, another number another value."""

    def __init__(self, rng):
        self.rng, self.values = rng, {}

    def __call__(self, text):
        def value(match):
            kind, key = match.group(1).lower(), match.group(0).lower()
            if key not in self.values:
                taken = {v for k, v in self.values.items() if k.strip("{}0123456789") == kind}
                free = [v for v in SLOTS[kind] if v not in taken]
                self.values[key] = self.rng.choice(free)
            v = self.values[key]
            return v[0].upper() + v[1:] if match.group(1)[0].isupper() else v
        out = SLOT.sub(value, text)
        return out[0].upper() + out[1:]


def make_case(rng, dev=False):
    """One case: a fact, its question (answered or near miss) and sentences of the same topic.

    Returns a dict: heading, sentence, question, answered, mates (other facts of
    the topic as (heading, sentence)), others (of other topics).
    """
    pool = [i for i in range(len(FACTS)) if is_dev(i) == dev]
    i = rng.choice(pool)
    topic, heading, statement, yes, no = FACTS[i]
    fill = Filler(rng)
    heading, sentence = fill(heading), fill(statement)
    answered, missed = fill(rng.choice(yes)), fill(rng.choice(no))

    def some(test, n):
        picks = [j for j in pool if j != i and test(FACTS[j][0])]
        rng.shuffle(picks)
        out = []
        for j in picks[:n]:
            f = Filler(rng)
            f.values.update({k: v for k, v in fill.values.items() if k == "{product}"})
            out.append((f(FACTS[j][1]), f(FACTS[j][2]), j))
        return out
    return {"heading": heading, "sentence": sentence, "answered": answered, "missed": missed, "fact": i,
            "mates": some(lambda t: t == topic, 4), "others": some(lambda t: t != topic, 4)}


def conflicts(case, fact):
    """True when the other fact might answer the missed question (same question listed as answered there)."""
    miss = re.sub(r"\W+", " ", case["missed"].lower())
    for q in FACTS[fact][3]:
        stem = set(re.sub(r"\{.*?\}|\W+", " ", q.lower()).split())
        words = set(miss.split())
        if len(stem & words) >= 0.6 * len(stem):
            return True
    return False


if __name__ == "__main__":
    rng = random.Random(1)
    print(len(FACTS), "facts,", sum(map(is_dev, range(len(FACTS)))), "for development")
    for _ in range(5):
        print(make_case(rng))
