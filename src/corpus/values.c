#include "corpus/bitext.h"

#define DAY 86400

void bitext_put_score(struct amts_buf *out, double score)
{
	unsigned n = score > 0 ? (score < 1 ? (unsigned)(score * 10000 + .5) : 10000) : 0;

	amts_buf_addf(out, "%u.%04u", n / 10000, n % 10000);
}

double bitext_score(struct amts_str s)
{
	double value = 0, place = 1;
	size_t i = 0;

	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		value = value * 10 + (s.p[i] - '0');
	if (i < s.n && s.p[i] == '.')
		for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			value += (s.p[i] - '0') * (place /= 10);
	return s.n && i == s.n && value <= 1 ? value : 1;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar: years begin in March, so that
 * the leap day is their last, and repeat after 400 of them, 146097 days. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
	int64_t of_year =
		(153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void bitext_put_date(struct amts_buf *out, int64_t date)
{
	int64_t days = date / DAY, year = 1970 + days / 366;
	unsigned second = (unsigned)(date % DAY), month = 1;

	while (days_of(year + 1, 1, 1) <= days)
		year++;
	while (month < 12 && days_of(year, month + 1, 1) <= days)
		month++;
	amts_buf_addf(out, "%04d%02u%02uT%02u%02u%02uZ", (int)year, month,
		(unsigned)(days - days_of(year, month, 1)) + 1, second / 3600,
		second / 60 % 60, second % 60);
}

static int digits(unsigned *out, struct amts_str s, size_t at, size_t n)
{
	size_t i;

	for (*out = 0, i = at; i < at + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return 0;
		*out = *out * 10 + (unsigned)(s.p[i] - '0');
	}
	return 1;
}

int64_t bitext_date(struct amts_str s)
{
	unsigned y, mon, d, h = 0, min = 0, sec = 0;

	if (!digits(&y, s, 0, 4) || !digits(&mon, s, 4, 2) || !digits(&d, s, 6, 2) ||
		y < 1970 || mon < 1 || mon > 12 || d < 1 || d > 31)
		return 0;
	if (s.n > 8 && (s.p[8] != 'T' || !digits(&h, s, 9, 2) ||
			       !digits(&min, s, 11, 2) || !digits(&sec, s, 13, 2)))
		return 0;
	return days_of(y, mon, d) * DAY + h * 3600 + min * 60 + sec;
}
