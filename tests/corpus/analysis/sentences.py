"""Sentences written for these tests in the manner of five kinds of text; nobody published them."""


def _lines(listed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in listed.strip().split("\n"))


# One text each, its sentences in order.
PRESS = _lines("""
    CNES and the Italian Space Agency have signed an arrangement on a joint hydrology satellite.
    The signing took place in Rome on 4 February 2025.
    Under the arrangement, CNES provides the radar antenna.
    The Italian Space Agency is responsible for the platform and for operations.
    The satellite weighs 1,150 kilograms and carries two instruments.
    Its orbit has an altitude of 690 kilometres.
    The launch is planned for the second half of 2029.
    The spacecraft will be launched from Kourou on a Vega C rocket.
    Data from the mission are free of charge for research.
    The mission control centre is located in Fucino.
    Both agencies contribute equal shares of the budget.
    The first design review ended in October without major findings.
    Thales Alenia Space builds the platform in Turin.
    The agreement does not cover the ground stations.
    A working group of the two agencies meets twice a year.
    The satellite is designed for a lifetime of seven years.
    CNES selected the contractor for the antenna after a call for tenders.
    The radar will map rivers that are wider than 50 metres.
    Tests of the antenna are under way in Toulouse.
    A second unit remains in storage as a spare.
    Italy joined the project in 2021.
    The agencies will decide on an extension after five years.
    The contract is worth 214 million euros.
    Three universities supply software for the processing of the data.
    No crew is involved in the mission.
""")
WIRE = _lines("""
    India's space agency on Tuesday postponed the docking of its two test satellites by 48 hours.
    The agency cited an excessive drift between the spacecraft.
    Officials said the satellites were safe and under control.
    The pair was launched on 30 December from Sriharikota.
    It was the third delay in a week.
    An earlier attempt had been called off on Sunday.
    Only the United States, Russia and China have docked spacecraft in orbit on their own.
    The chairman of the agency told reporters that a new date would be announced on Friday.
    “We are in no hurry,” said Arun Pillai, who leads the mission.
    The government approved the project in 2023 at a cost of 44 million dollars.
    Shares of two suppliers fell by three per cent.
    The ministry declined to comment.
    A spokeswoman for the ministry denied that money had been cut.
    The satellites are orbiting at a distance of 1.5 kilometres from each other.
    According to the agency, the docking needs a closing speed of 10 millimetres a second.
    The mission is due to end in March.
    Pakistan and Bangladesh sent observers.
    The agency plans to launch a lunar sample return mission in 2028.
    Negotiators from both countries met in Geneva last week.
    They failed to agree on a date.
    The talks resume on Monday.
    France expelled two engineers in the spring.
    Police arrested a former employee on suspicion of espionage.
    The court set bail at 20,000 euros.
    Lawyers for the engineer rejected the accusation.
""")
THINK = _lines("""
    Europe’s space policy stands at a crossroads, and the choices made now will echo for decades.
    What is really at stake is more than a rocket.
    A failure to act could leave the continent dependent on others.
    Strategic autonomy is not just a slogan; it is a necessity.
    We should not underestimate how quickly the balance of power may shift.
    Many analysts believe that the window of opportunity is closing.
    The real question is whether governments have the courage to pool sovereignty.
    Such cooperation would strengthen resilience and might even lower costs.
    History reminds us that great powers rarely share their crown jewels.
    The coming decade will be decisive for the alliance.
    This underscores the importance of trust between partners.
    If ministers hesitate, the consequences could be severe.
    A bolder vision is essential.
    The lesson for policymakers is clear: unity pays.
    One might argue that dependence is a price worth paying.
    Perhaps the most promising path lies in a shared lunar economy.
    In an ideal world, the partners would put ambition before pride.
    Nobody can say where this road leads.
    It remains to be seen whether the promise of cooperation survives the next election.
    The significance of the accord goes beyond its text.
    Critics fear that the plan may never leave the drawing board.
    Without a new paradigm, stagnation looms.
    The partnership signals a shift towards a multipolar order in space.
    Our leaders must rise to the moment.
    A successful mission would be a powerful symbol of unity.
""")
BLOG = _lines("""
    Imagine waking up to a sunrise over the Sea of Tranquility.
    Within our lifetimes, cities of glass could bloom on the Moon.
    The next few years will change everything we know about living among the stars.
    You might soon book a weekend in orbit the way you book a train.
    Fusion engines will make Mars a commute.
    The possibilities are endless.
    Are you ready for the greatest adventure of all?
    Humanity is about to become a multi-planet species.
    This breathtaking alliance may well unlock the riches of the asteroid belt.
    Tomorrow’s children will laugh at our fear of the dark.
    It is hard to overstate how revolutionary this is.
    Everything changes once fuel can be made on the Moon.
    The sky is no longer the limit.
    Soon, borders will seem like a quaint idea.
    We are all astronauts now.
    Asteroid mining could make the first trillionaire.
    Robots will build our homes before we arrive.
    That is the true promise of partnership.
    Think of the jobs, the inventions, the dreams.
    Experts say the age of scarcity could end by 2050.
    One day, perhaps, a child born on Mars will look back at Earth and wonder.
    No one can stop an idea whose time has come.
    Together, we will write the next chapter of civilisation.
    Who knows what wonders await?
    Buckle up, because the ride has only just begun.
""")
FICTION = _lines("""
    The year is 2052, and the Luna Concord has kept the peace for a generation.
    NASA and CNSA opened the Shackleton docks together in 2038.
    Freight from Ceres arrives every eleven days.
    The old treaties were folded into one charter, signed under the ice of Europa.
    ESA’s yards at Tsiolkovskiy build a hull a week.
    Miners on the night shift trade in helium and gossip.
    Roscosmos withdrew its last shuttle in 2044 and nobody noticed.
    The agreement gave each colony one vote.
    Director Amara Osei signed the order at noon.
    JAXA delivered the reactor two years early.
    Children learn three alphabets before they learn to walk in gravity.
    The last customs officer retired in 2049.
""")

# Written after the tables and weights had been settled on the texts above.
PRESS_LATER = _lines("""
    The Canadian Space Agency has awarded three contracts for lunar power studies.
    The contracts have a combined value of 6.2 million Canadian dollars.
    Each study lasts eleven months.
    The companies are based in Montreal, Calgary and Halifax.
    Results feed into the agency's exploration strategy.
    The studies look at fission reactors, solar arrays and wireless transmission.
    Canada contributes the robotic arm of the lunar station.
    A review board of seven experts rated the proposals.
    The agency received 19 proposals in all.
    Work starts on 1 September.
    The final reports will be made public.
    The programme supports about 120 jobs in five provinces.
    The arm's elbow joint passed its vibration test in June.
    The next call for ideas opens in spring.
    Questions may be sent to the press office.
""")
WIRE_LATER = _lines("""
    Brazil and Portugal are in talks about a launch site in the Azores, a minister said Wednesday.
    She gave no timetable.
    Lisbon has set aside 30 million euros for the port.
    An environmental group filed a complaint against the plan in March.
    Two hundred residents marched through Santa Maria on Saturday.
    The island has an airport and a tracking station.
    Portugal's regulator has yet to grant a licence.
    A German start-up, Isarix, pulled out of the project last autumn.
    It blamed high insurance costs.
    The minister is expected in Lisbon next month.
    "There is room for both of us," she told reporters.
    Her Portuguese colleague said the two sides disagreed over taxes.
    Brazil operates the Alcântara base near the equator.
    A rocket exploded there in 2003, killing 21 people.
    The government plans to reopen the second pad by 2027.
""")
WIRE_LAST = _lines("""
    Kenya has chosen Malindi as the site of its first spaceport, the defence ministry said.
    The site lies 120 kilometres north of Mombasa.
    Italy has run a tracking station there since 1964.
    The ministry put the cost at 9 billion shillings.
    Construction begins in January.
    A parliamentary committee visited the coast on Thursday.
    Fishermen want compensation for lost grounds.
    The spaceport needs a runway and two launch pads.
    The lease with Italy expires in 2033.
    Rome has not yet replied.
    Kenya put its first satellite into orbit in April 2023.
    It was built with help from Bulgaria.
    The opposition called the project a waste of money.
    Bids close on 30 November.
    Talks with SpaceX broke down in July.
""")
THINK_LATER = _lines("""
    It is tempting to see the accord as a mere photo opportunity.
    That would be a mistake.
    At its core, the deal is about trust.
    Middle powers could find in space the influence that they lack on Earth.
    The danger, of course, is complacency.
    Rules written by a few seldom serve the many.
    Should Washington turn inward, Europe would face a painful choice.
    A credible strategy needs money, patience and imagination.
    It is high time that parliaments woke up.
    Some observers see the beginnings of a new bloc.
    The benefits are likely to be felt far beyond the launch pad.
    In the long run, cooperation tends to pay.
    What Europe needs is a vision worthy of its engineers.
    None of this is inevitable.
    Still, the direction of travel seems unmistakable.
""")
THINK_LAST = _lines("""
    The alliance rests on a simple bargain, and simple bargains rarely last.
    Space has become a mirror of politics on the ground.
    Smaller states gain a voice; larger ones gain cover.
    There is a case for caution.
    Sceptics will point to the budget, and they have a point.
    The treaty looks modest on paper and radical in spirit.
    A common market for launches would make more sense.
    Prudence and daring are not opposites.
    Partners who share risk also share glory.
    Three futures are conceivable.
    In the worst case, the bloc splits and duplication follows.
    The logic is compelling.
    Diplomats would do well to read the fine print.
    This is where the story gets interesting.
    Whatever happens, the centre of gravity is moving east.
""")
BLOG_LATER = _lines("""
    Close your eyes and listen to the hum of the elevator to orbit.
    By the time your grandchildren go to school, they may have a choice of planets.
    Gravity will be optional.
    What if every rooftop could beam power to the Moon?
    Space hotels are going to be the new cruise ships.
    I can hardly wait.
    The old excuses no longer work.
    A golden age of exploration beckons.
    Nothing inspires like a launch at dawn.
    Our species has always been restless.
    Maybe the first Martian poem has already been dreamed.
    Every giant leap begins with a handshake.
    In twenty years, we could be farming on Phobos.
    Let us be bold.
    This is our moment.
""")

# Forecasts or not, whoever makes them.
FORECASTS = _lines("""
    The agency expects the probe to reach Jupiter in 2031.
    The lander will touch down near the crater's rim.
    Analysts forecast that launch prices will halve.
    The ministers are to meet again in November.
    Engineers plan to replace the valve next week.
    The company said it would open a second factory.
    A decision is due by the end of the year.
    Demand is likely to outstrip supply.
    The delay could cost the partners 90 million dollars.
    The crew is scheduled to return on 12 May.
    The partners intend to share the data.
    The agency hopes to resume flights in autumn.
    Output is projected to grow by four per cent.
    The bill may pass before the recess.
    The telescope is set to open its shutter on Friday.
    If the test succeeds, the flight model will be shipped to Kourou.
    The two sides are going to sign the treaty in June.
    By 2035, half of all satellites might be serviced in orbit.
    The rocket's first flight is slated for March.
    The programme aims to halve the cost of transport.
""")
NO_FORECASTS = _lines("""
    The probe reached Jupiter in 2016.
    The lander touched down near the crater's rim.
    Prices have halved since 2015.
    The ministers met in November.
    Engineers replaced the valve last week.
    The company has two factories in Bremen.
    The agency took the decision a year ago.
    Supply is short.
    The delay cost the partners 90 million dollars.
    The crew returned on 12 May.
    The partners share the data.
    Flights resumed in autumn.
    Output grew by four per cent.
    Parliament passed the bill before the recess.
    The telescope is in orbit around the Sun.
    The test succeeded on Monday.
    The treaty has nine articles.
    Most satellites are never serviced.
    The rocket has flown four times.
    Transport is the largest item of the budget.
""")
CERTAIN = NO_FORECASTS
UNCERTAIN = _lines("""
    The valve may have frozen during the coast.
    The minister wants to reopen the talks.
    Had the parachute opened, the probe might have survived.
    The agency has asked industry to submit proposals.
    If the budget passes, the mission goes ahead.
    Nobody knows whether the antenna unfolded.
    The company reportedly tried to sell its rocket division.
    The board believes that a leak could have caused the fire.
    The partners agreed to consider a joint station.
    The rover should be able to cross the dunes.
    The inspectors recommended that the tanks be replaced.
    Congress threatened to cut the programme.
    The treaty would require all parties to report accidents.
    The agency is seeking a partner to build the lander.
    It is unclear who would pay for a second flight.
    The crew will probably stay another month.
""")
