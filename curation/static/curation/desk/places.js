/* On narrow screens the bar of places scrolls: bring the place where one is into sight. */

document
  .querySelector(".desk-places [aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });
