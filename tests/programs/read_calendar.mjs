// Reads calendars with ical.js, the parser of Thunderbird and Nextcloud, and prints of each what it holds, as JSON.
//
//   CYCLEPLAN_PROGRAMS=DIR node read_calendar.mjs FILE.ics ...
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.env.CYCLEPLAN_PROGRAMS, "npm", "node_modules");
const { default: ICAL } = await import(pathToFileURL(join(folder, "ical.js", "dist", "ical.js")));

function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
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
  return { name: calendar.getFirstPropertyValue("x-wr-calname"), others, events };
}

console.log(
  JSON.stringify(
    process.argv.slice(2).map((file) => {
      try {
        return read(file);
      } catch (error) {
        return { refused: String(error) };
      }
    }),
  ),
);
