// Reads a calendar with ical.js, the parser of Thunderbird and Nextcloud, and prints its events as JSON.
//
//   CYCLEPLAN_NODE_MODULES=DIR/node_modules node read_calendar.mjs FILE.ics
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.env.CYCLEPLAN_NODE_MODULES);
const { default: ICAL } = await import(pathToFileURL(join(folder, "ical.js", "dist", "ical.js")));

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf-8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    title: event.summary,
    text: event.description,
    wholeDays: event.startDate.isDate && event.endDate.isDate,
    first: event.startDate.toString(),
    after: event.endDate.toString(),
  };
});
const others = calendar.getAllSubcomponents().length - events.length;
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), others, events }));
