/* Reads calendars with libical, the parser of GNOME and KDE, and prints of each what it holds, as JSON.
 *
 *   read_calendar FILE.ics ...
 *
 * A calendar that libical finds fault with is refused: what it cannot parse it leaves out and goes on, and
 * icalrestriction_check holds every component against the tables of RFC 5546 (which properties, how often).
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_within(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20)
            printf("\\u%04x", *c);
        else
            putchar(*c); /* UTF-8 as it is */
    }
}

static void print_text(const char *text)
{
    putchar('"');
    print_within(text);
    putchar('"');
}

static void print_field(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    print_text(text);
}

static void print_day(const char *name, struct icaltimetype time)
{
    printf(",\"%s\":\"%04d-%02d-%02d\"", name, time.year, time.month, time.day);
}

/* The whole file with a zero byte after it; ends the program if that cannot be. */
static char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(1);
    }
    long size = ftell(file);
    char *text = calloc(size + 1, 1);
    rewind(file);
    if (!text || fread(text, 1, size, file) != (size_t)size || strlen(text) != (size_t)size) {
        fprintf(stderr, "%s: cannot be read, or has a zero byte\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

/* What libical noted down about a component and those within it: one X-LIC-ERROR for every fault. */
static void print_faults(icalcomponent *component)
{
    for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        print_within(icalproperty_get_xlicerror(p));
        printf("; ");
    }
    for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        print_faults(c);
}

static void print_events(icalcomponent *calendar)
{
    int others = 0, count = 0;
    printf("\"events\":[");
    for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        if (icalcomponent_isa(c) != ICAL_VEVENT_COMPONENT) {
            others++;
            continue;
        }
        struct icaltimetype first = icalcomponent_get_dtstart(c), after = icalcomponent_get_dtend(c);
        printf("%s{\"wholeDays\":%s", count++ ? "," : "", first.is_date && after.is_date ? "true" : "false");
        print_day("first", first);
        print_day("after", after);
        print_field("uid", icalcomponent_get_uid(c));
        print_field("title", icalcomponent_get_summary(c));
        print_field("text", icalcomponent_get_description(c));
        printf("}");
    }
    printf("],\"others\":%d", others);
}

static void print_name(icalcomponent *calendar)
{
    for (icalproperty *p = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY); p;
         p = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY))
        if (!strcmp(icalproperty_get_x_name(p), "X-WR-CALNAME"))
            print_field("name", icalproperty_get_x(p));
}

static void print_calendar(const char *path)
{
    char *text = contents(path);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        printf("{\"refused\":\"not one calendar\"}");
    } else {
        int fits = icalrestriction_check(calendar);
        int errors = icalcomponent_count_errors(calendar);
        if (fits != 1 || errors != 0) {
            printf("{\"refused\":\"icalrestriction_check %d, icalcomponent_count_errors %d: ", fits, errors);
            print_faults(calendar);
            printf("\"}");
        } else {
            printf("{");
            print_events(calendar);
            print_name(calendar);
            printf("}");
        }
    }
    if (calendar)
        icalcomponent_free(calendar);
    free(text);
}

int main(int count, char **paths)
{
    printf("[");
    for (int i = 1; i < count; i++) {
        printf("%s", i > 1 ? "," : "");
        print_calendar(paths[i]);
    }
    printf("]\n");
    return 0;
}
