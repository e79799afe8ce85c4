"""What tells a sentence that states a finding of science: words of research, and few names."""

import re
from collections.abc import Iterable

from corpus.analysis.hedging_words import words as listed

MOST_WORDS, MOST_NAMES = 4, 3  # more of them tell no more

# Words that findings have far more often than other texts of the web. What markets, health
# services and space flight are reported in as well is left out.
_RESEARCH = listed("""
    accuracy; acid; activation; activity; acute; adolescents; adult; adults; affect; affected;
    affects; age; aged; aging; alcohol; among; animal; animals; antibodies; antibody; anxiety;
    arctic; associated; association; associations; atmospheric; bacteria; bacterial; baseline;
    behavior; behaviors; behaviour; bird; birds; blood; bone; bones; brain; cancer; cancers;
    cannabis; carbon; cause; caused; causes; cell; cells; change; changed; changes; chemical;
    children; chronic; climate; clinical; cognitive; cohort; compared; complications; compound;
    compounds; concentration; concentrations; conclusion; conclusions; consumption; correlate;
    correlated; correlates; correlation; cortex; degree; demonstrate; demonstrated; density;
    depression; detected; diagnosed; diagnoses; diagnosis; diagnostic; diet; differ; differed;
    difference; differences; differs; disease; diseases; disorder; disorders; dna; dose; doses;
    drug; drugs; ecosystems; effect; effects; efficacy; electron; electrons; elevated;
    emotional; enzyme; evidence; evolution; evolutionarily; evolutionary; exercise; experiment;
    experiments; exposed; exposure; expression; factor; factors; fat; female; females; findings;
    fish; fluid; forest; formation; fossil; frequency; functional; galaxies; galaxy; gender;
    gene; genes; genetic; genome; glucose; greater; habitats; heart; hippocampal; hippocampus;
    hormonal; hormone; hormones; hospital; hospitalizations; hospitalized; hospitals; human;
    humans; hydrogen; hypotheses; hypothesis; immune; improve; improved; improvement;
    improvements; incidence; indicate; indicated; indicates; indicating; indication;
    indications; induced; infant; infants; infected; infection; infections; inflammation;
    inflammatory; influence; injuries; injury; insect; insects; intake; intervention;
    interventions; isotope; isotopic; kidney; laboratory; lesion; lesions; lifespan; likelihood;
    linked; liver; longevity; lung; magnetic; male; males; marijuana; maternal; mean;
    measurement; measurements; mechanism; mechanisms; median; medication; medicine; memory; men;
    metabolic; method; mice; molecular; molecule; molecules; mortality; mothers; muscle;
    mutation; mutations; nanoparticle; nanoparticles; neural; neuron; neurons; nitrogen;
    nutrients; obesity; observed; ocean; offspring; older; onset; outcome; outcomes; oxygen;
    pain; participants; particle; particles; pathway; pathways; patient; patients; perceived;
    perception; physician; physicians; placebo; pollution; polymer; population; populations;
    precipitation; predicted; predictive; predictor; predicts; pregnancies; pregnancy; pregnant;
    prevalence; proportion; protein; proteins; psychological; quantum; radiation; randomized;
    ratio; rats; receptor; receptors; redshift; reduced; reduction; regions; relationship;
    reproductive; researchers; respectively; response; responses; results; reveal; revealed;
    risk; risks; rna; sample; samples; sediment; sex; sexual; shape; significant; significantly;
    sleep; smoking; species; spectroscopic; spectrum; statistical; statistically; stress;
    structural; studies; study; surgery; surgical; survival; symptom; symptoms; teen; teens;
    temperature; temperatures; theoretical; therapeutic; therapeutics; therapies; therapy;
    tissue; tissues; transmission; treated; treatment; treatments; tropical; tumor; tumors;
    vaccinated; vaccinating; vaccination; vaccines; vaccinia; variation; versus; viral; virus;
    viruses; vitamin; warming; wavelength; women; younger
""")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


def signs(sentence: str, words: Iterable[str]) -> set[str]:
    """What stands for a finding or against it; `words` are the sentence's, in lower case."""
    told = min(len(_RESEARCH.intersection(words)), MOST_WORDS)
    names = min(len(_NAME.findall(sentence)), MOST_NAMES)
    found = {f"research: {number}" for number in range(1, told + 1)}
    return found | {f"names: {number}" for number in range(1, names + 1)}
