// table.cpp: see table.h.
#include "table.h"

#include <cmath>
#include <cstdio>

namespace
{

std::string text_of(const char *format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// Three digits that count.
std::string nanoseconds(double value)
{
    if (value >= 1000)
        return with_thousands(static_cast<size_t>(std::lround(value)));
    return text_of(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
}

std::string ratio(double value)
{
    return text_of(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
}

const piece_of_work *find(const std::vector<piece_of_work> &pieces, const piece_of_work &like, const std::string &who,
                          size_t threads)
{
    for (const piece_of_work &piece : pieces)
        if (piece.work == like.work && piece.centres == like.centres && piece.threads == threads && piece.who == who)
            return &piece;
    return nullptr;
}

const piece_of_work *base_of(const std::vector<piece_of_work> &pieces, const piece_of_work &like)
{
    for (const piece_of_work &piece : pieces)
        if (piece.base && piece.work == like.work && piece.centres == like.centres && piece.threads == like.threads)
            return &piece;
    return nullptr;
}

bool first_of_its_work(const std::vector<piece_of_work> &pieces, size_t i, bool any_threads)
{
    for (size_t j = 0; j < i; j++)
        if (pieces[j].work == pieces[i].work && pieces[j].centres == pieces[i].centres &&
            (any_threads || pieces[j].threads == pieces[i].threads))
            return false;
    return true;
}

void print_head(const char *first, const std::vector<std::string> &who)
{
    std::printf("| %s |", first);
    for (const std::string &one : who)
        std::printf(" %s |", one.c_str());
    std::printf("\n|---|---|");
    for (size_t i = 0; i < who.size(); i++)
        std::printf("---|");
    std::printf("\n");
}

} // namespace

std::string with_thousands(size_t number)
{
    std::string digits = std::to_string(number), text;
    for (size_t i = 0; i < digits.size(); i++) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

void print_ratios(const std::vector<piece_of_work> &pieces, const std::vector<std::string> &who)
{
    print_head("centres | work", who);
    for (size_t i = 0; i < pieces.size(); i++) {
        const piece_of_work *base = base_of(pieces, pieces[i]);
        if (base == nullptr || !first_of_its_work(pieces, i, false))
            continue;
        std::printf("| %s | %s%s |", with_thousands(pieces[i].centres).c_str(), pieces[i].work.c_str(),
                    pieces[i].threads > 1 ? ", 2 threads" : "");
        for (const std::string &one : who) {
            const piece_of_work *piece = find(pieces, pieces[i], one, pieces[i].threads);
            std::printf(" %s |", piece == nullptr ? "" : ratio(piece->median() / base->median()).c_str());
        }
        std::printf("\n");
    }
}

void print_pieces(const std::vector<piece_of_work> &pieces, const char *base_name)
{
    std::printf("| centres | work | threads | who | median ns | least | greatest | ratio to %s | other answers |\n"
                "|---|---|---|---|---|---|---|---|---|\n",
                base_name);
    for (const piece_of_work &piece : pieces) {
        const piece_of_work *base = base_of(pieces, piece);
        std::string others;
        if (piece.differing >= 0)
            others = std::to_string(piece.differing) + " of " + with_thousands(static_cast<size_t>(piece.compared));
        std::printf("| %s | %s | %zu | %s | %s | %s | %s | %s | %s |\n", with_thousands(piece.centres).c_str(),
                    piece.work.c_str(), piece.threads, piece.who.c_str(), nanoseconds(piece.median()).c_str(),
                    nanoseconds(piece.least()).c_str(), nanoseconds(piece.greatest()).c_str(),
                    base == nullptr ? "" : ratio(piece.median() / base->median()).c_str(), others.c_str());
    }
}

void print_threads(const std::vector<piece_of_work> &pieces, const std::vector<std::string> &who)
{
    print_head("centres | work", who);
    for (size_t i = 0; i < pieces.size(); i++) {
        if (pieces[i].threads != 2 || !first_of_its_work(pieces, i, false))
            continue;
        std::printf("| %s | %s |", with_thousands(pieces[i].centres).c_str(), pieces[i].work.c_str());
        for (const std::string &name : who) {
            const piece_of_work *one = find(pieces, pieces[i], name, 1), *two = find(pieces, pieces[i], name, 2);
            bool both = one != nullptr && two != nullptr;
            std::printf(" %s |", both ? ratio(one->median() / two->median()).c_str() : "");
        }
        std::printf("\n");
    }
}

void tell_progress(const piece_of_work &piece)
{
    std::fprintf(stderr, "%10zu  %-26s %zu  %-18s %12.1f ns\n", piece.centres, piece.work.c_str(), piece.threads,
                 piece.who.c_str(), piece.median());
}
