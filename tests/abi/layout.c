/* layout.c: size and every offset of every public struct, on 64 and on 32 bits; compiling it is the test.
 * Invariant: a released struct only grows at its end, and every number here, once released, stays. */
#include <stddef.h>

#include <vaxdir/vaxdir.h>

/* Wide: pointers of 8 bytes; narrow: of 4, whether 64-bit numbers are aligned to 8 (ARM) or to 4 (i386). */
#if UINTPTR_MAX > 0xffffffffu
#define PICK(wide, narrow) (wide)
#else
#define PICK(wide, narrow) (narrow)
#endif
#define SIZE(type, wide, narrow)                                                                                       \
    _Static_assert(sizeof(type) == PICK(wide, narrow) && sizeof(type) % 8 == 0, "size of " #type)
#define AT(type, member, wide, narrow) _Static_assert(offsetof(type, member) == PICK(wide, narrow), #type "." #member)

SIZE(vaxdir_area_options, 48, 40);
AT(vaxdir_area_options, struct_size, 0, 0);
AT(vaxdir_area_options, flags, 4, 4);
AT(vaxdir_area_options, max_bytes, 8, 8);
AT(vaxdir_area_options, max_vertices, 16, 16);
AT(vaxdir_area_options, max_rings, 20, 20);
AT(vaxdir_area_options, max_depth, 24, 24);
AT(vaxdir_area_options, reserved, 28, 28);
AT(vaxdir_area_options, property, 32, 32);
AT(vaxdir_area_options, value, 40, 36);

SIZE(vaxdir_builder_options, 40, 24);
AT(vaxdir_builder_options, struct_size, 0, 0);
AT(vaxdir_builder_options, flags, 4, 4);
AT(vaxdir_builder_options, rules, 8, 8);
AT(vaxdir_builder_options, progress, 16, 12);
AT(vaxdir_builder_options, user, 24, 16);
AT(vaxdir_builder_options, reserved, 32, 20);

SIZE(vaxdir_hours, 80, 80);
AT(vaxdir_hours, struct_size, 0, 0);
AT(vaxdir_hours, kind, 4, 4);
AT(vaxdir_hours, interval_count, 8, 8);
AT(vaxdir_hours, reserved, 12, 12);
AT(vaxdir_hours, intervals, 16, 16);

SIZE(vaxdir_interval, 8, 8);
AT(vaxdir_interval, from_minute, 0, 0);
AT(vaxdir_interval, until_minute, 2, 2);
AT(vaxdir_interval, flags, 4, 4);

SIZE(vaxdir_input, 32, 24);
AT(vaxdir_input, struct_size, 0, 0);
AT(vaxdir_input, format, 4, 4);
AT(vaxdir_input, flags, 8, 8);
AT(vaxdir_input, reserved, 12, 12);
AT(vaxdir_input, name, 16, 16);
AT(vaxdir_input, id_system, 24, 20);

SIZE(vaxdir_context_options, 64, 48);
AT(vaxdir_context_options, struct_size, 0, 0);
AT(vaxdir_context_options, flags, 4, 4);
AT(vaxdir_context_options, max_input_bytes, 8, 8);
AT(vaxdir_context_options, max_rows, 16, 16);
AT(vaxdir_context_options, max_columns, 20, 20);
AT(vaxdir_context_options, max_cell_bytes, 24, 24);
AT(vaxdir_context_options, max_diagnostics, 28, 28);
AT(vaxdir_context_options, allocate, 32, 32);
AT(vaxdir_context_options, reallocate, 40, 36);
AT(vaxdir_context_options, free, 48, 40);
AT(vaxdir_context_options, user, 56, 44);

SIZE(vaxdir_edition_options, 40, 32);
AT(vaxdir_edition_options, struct_size, 0, 0);
AT(vaxdir_edition_options, flags, 4, 4);
AT(vaxdir_edition_options, number, 8, 8);
AT(vaxdir_edition_options, override_count, 16, 16);
AT(vaxdir_edition_options, reserved, 20, 20);
AT(vaxdir_edition_options, rules, 24, 24);
AT(vaxdir_edition_options, overrides, 32, 28);

SIZE(vaxdir_override, 56, 40);
AT(vaxdir_override, struct_size, 0, 0);
AT(vaxdir_override, state, 4, 4);
AT(vaxdir_override, from, 8, 8);
AT(vaxdir_override, until, 16, 16);
AT(vaxdir_override, provider, 24, 24);
AT(vaxdir_override, department, 32, 28);
AT(vaxdir_override, centre, 40, 32);
AT(vaxdir_override, reserved, 48, 36);

SIZE(vaxdir_state_answer, 24, 24);
AT(vaxdir_state_answer, struct_size, 0, 0);
AT(vaxdir_state_answer, state, 4, 4);
AT(vaxdir_state_answer, since, 8, 8);
AT(vaxdir_state_answer, until, 16, 16);

SIZE(vaxdir_eligibility, 40, 32);
AT(vaxdir_eligibility, struct_size, 0, 0);
AT(vaxdir_eligibility, answer, 4, 4);
AT(vaxdir_eligibility, yes_from, 8, 8);
AT(vaxdir_eligibility, yes_until, 12, 12);
AT(vaxdir_eligibility, missing_count, 16, 16);
AT(vaxdir_eligibility, hint, 20, 20);
AT(vaxdir_eligibility, phase, 24, 24);
AT(vaxdir_eligibility, missing, 32, 28);

SIZE(vaxdir_counts, 16, 16);
AT(vaxdir_counts, struct_size, 0, 0);
AT(vaxdir_counts, centres, 4, 4);
AT(vaxdir_counts, without_position, 8, 8);
AT(vaxdir_counts, quarantined, 12, 12);

SIZE(vaxdir_diagnostic, 88, 64);
AT(vaxdir_diagnostic, struct_size, 0, 0);
AT(vaxdir_diagnostic, code, 4, 4);
AT(vaxdir_diagnostic, severity, 8, 8);
AT(vaxdir_diagnostic, field, 12, 12);
AT(vaxdir_diagnostic, line, 16, 16);
AT(vaxdir_diagnostic, column, 24, 24);
AT(vaxdir_diagnostic, file, 32, 32);
AT(vaxdir_diagnostic, column_name, 40, 36);
AT(vaxdir_diagnostic, id, 48, 40);
AT(vaxdir_diagnostic, value, 56, 44);
AT(vaxdir_diagnostic, suggestion, 64, 48);
AT(vaxdir_diagnostic, reserved, 72, 52);
AT(vaxdir_diagnostic, reason, 80, 56);
AT(vaxdir_diagnostic, reserved_2, 84, 60);

SIZE(vaxdir_visit, 48, 40);
AT(vaxdir_visit, struct_size, 0, 0);
AT(vaxdir_visit, flags, 4, 4);
AT(vaxdir_visit, at, 8, 8);
AT(vaxdir_visit, birth_date, 16, 16);
AT(vaxdir_visit, on_date, 20, 20);
AT(vaxdir_visit, dose, 24, 24);
AT(vaxdir_visit, reserved, 28, 28);
AT(vaxdir_visit, facts, 32, 32);
AT(vaxdir_visit, vaccine, 40, 36);

SIZE(vaxdir_step, 72, 56);
AT(vaxdir_step, struct_size, 0, 0);
AT(vaxdir_step, kind, 4, 4);
AT(vaxdir_step, state, 8, 8);
AT(vaxdir_step, reason, 12, 12);
AT(vaxdir_step, trust, 16, 16);
AT(vaxdir_step, reserved, 20, 20);
AT(vaxdir_step, since, 24, 24);
AT(vaxdir_step, until, 32, 32);
AT(vaxdir_step, url, 40, 40);
AT(vaxdir_step, phone, 48, 44);
AT(vaxdir_step, provider, 56, 48);
AT(vaxdir_step, detail, 64, 52);

SIZE(vaxdir_opening_answer, 40, 40);
AT(vaxdir_opening_answer, struct_size, 0, 0);
AT(vaxdir_opening_answer, answer, 4, 4);
AT(vaxdir_opening_answer, reason, 8, 8);
AT(vaxdir_opening_answer, flags, 12, 12);
AT(vaxdir_opening_answer, since, 16, 16);
AT(vaxdir_opening_answer, until, 24, 24);
AT(vaxdir_opening_answer, next_open, 32, 32);

SIZE(vaxdir_query, 48, 40);
AT(vaxdir_query, struct_size, 0, 0);
AT(vaxdir_query, flags, 4, 4);
AT(vaxdir_query, limit, 8, 8);
AT(vaxdir_query, work_limit, 12, 12);
AT(vaxdir_query, max_distance_m, 16, 16);
AT(vaxdir_query, min_distance_m, 24, 24);
AT(vaxdir_query, filter, 32, 32);
AT(vaxdir_query, visit, 40, 36);

SIZE(vaxdir_error, 56, 48);
AT(vaxdir_error, struct_size, 0, 0);
AT(vaxdir_error, status, 4, 4);
AT(vaxdir_error, error_class, 8, 8);
AT(vaxdir_error, reserved, 12, 12);
AT(vaxdir_error, index, 16, 16);
AT(vaxdir_error, line, 24, 24);
AT(vaxdir_error, column, 32, 32);
AT(vaxdir_error, message, 40, 40);
AT(vaxdir_error, file, 48, 44);

SIZE(vaxdir_search_reason, 48, 40);
AT(vaxdir_search_reason, struct_size, 0, 0);
AT(vaxdir_search_reason, code, 4, 4);
AT(vaxdir_search_reason, rank, 8, 8);
AT(vaxdir_search_reason, limit, 12, 12);
AT(vaxdir_search_reason, distance_m, 16, 16);
AT(vaxdir_search_reason, bound_m, 24, 24);
AT(vaxdir_search_reason, condition, 32, 32);
AT(vaxdir_search_reason, reserved, 40, 36);

SIZE(vaxdir_search_tally, 48, 48);
AT(vaxdir_search_tally, struct_size, 0, 0);
AT(vaxdir_search_tally, no_position, 4, 4);
AT(vaxdir_search_tally, filtered, 8, 8);
AT(vaxdir_search_tally, too_far, 12, 12);
AT(vaxdir_search_tally, beyond_limit, 16, 16);
AT(vaxdir_search_tally, listed, 20, 20);
AT(vaxdir_search_tally, too_near, 24, 24);
AT(vaxdir_search_tally, tied, 28, 28);
AT(vaxdir_search_tally, not_eligible, 32, 32);
AT(vaxdir_search_tally, eligibility_unknown, 36, 36);
AT(vaxdir_search_tally, closed, 40, 40);
AT(vaxdir_search_tally, opening_unknown, 44, 44);

SIZE(vaxdir_relaxation, 64, 56);
AT(vaxdir_relaxation, struct_size, 0, 0);
AT(vaxdir_relaxation, code, 4, 4);
AT(vaxdir_relaxation, count, 8, 8);
AT(vaxdir_relaxation, flags, 12, 12);
AT(vaxdir_relaxation, max_distance_m, 16, 16);
AT(vaxdir_relaxation, first_m, 24, 24);
AT(vaxdir_relaxation, gained_m, 32, 32);
AT(vaxdir_relaxation, min_distance_m, 40, 40);
AT(vaxdir_relaxation, filter, 48, 48);
AT(vaxdir_relaxation, condition, 56, 52);
