// What a page gains when scripts run: keys, the reading pane without a reload, what is new. Everything works without.
import { startKeys } from "./keys.js";
import { startReading } from "./reading.js";
import { startLive } from "./live.js";

document.documentElement.classList.add("js");
startKeys();
startReading();
startLive();
