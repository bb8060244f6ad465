/* version.c: the roof: which library this is and which numbers it knows, asked of every room. */
#include <string.h>

#include <vaxdir/vaxdir.h>

const char *vaxdir_version(void)
{
    return "0.1.0";
}

uint32_t vaxdir_version_number(void)
{
    return VAXDIR_VERSION_MAJOR * 1000000u + VAXDIR_VERSION_MINOR * 1000u + VAXDIR_VERSION_PATCH;
}

int32_t vaxdir_feature_supported(uint32_t kind, int64_t value)
{
    if (value < INT32_MIN || value > INT32_MAX)
        return 0;
    int32_t number = (int32_t)value;
    switch (kind) {
    case VAXDIR_FEATURE_STATUS:
        return strcmp(vaxdir_status_name(number), "unknown") != 0;
    case VAXDIR_FEATURE_FIELD:
        return number > 0 && vaxdir_field_name((vaxdir_field)number) != NULL;
    case VAXDIR_FEATURE_DIAGNOSTIC:
        return vaxdir_diagnostic_name(number) != NULL;
    case VAXDIR_FEATURE_VERDICT:
        return vaxdir_verdict_name(number) != NULL;
    case VAXDIR_FEATURE_LINK_REASON:
        return number == VAXDIR_LINK_REASON_NONE || vaxdir_link_reason_name(number) != NULL;
    case VAXDIR_FEATURE_LINK_WARNING:
        return number > 0 && vaxdir_link_warning_name((uint32_t)number) != NULL;
    case VAXDIR_FEATURE_STEP_KIND:
        return vaxdir_step_kind_name(number) != NULL;
    case VAXDIR_FEATURE_STEP_REASON:
        return vaxdir_step_reason_name(number) != NULL;
    case VAXDIR_FEATURE_STATE:
        return vaxdir_state_name(number) != NULL;
    case VAXDIR_FEATURE_INPUT_FORMAT:
        return number == VAXDIR_INPUT_SNIFF || number == VAXDIR_INPUT_CSV;
    case VAXDIR_FEATURE_SEARCH_REASON:
        return vaxdir_search_reason_name(number) != NULL;
    case VAXDIR_FEATURE_RELAXATION:
        return vaxdir_relaxation_name(number) != NULL;
    case VAXDIR_FEATURE_OPERATOR:
        return number >= VAXDIR_OPERATOR_EQUAL && number <= VAXDIR_OPERATOR_LIKE;
    case VAXDIR_FEATURE_PHONE_REASON:
        return number == VAXDIR_PHONE_REASON_NONE || vaxdir_phone_reason_name(number) != NULL;
    case VAXDIR_FEATURE_ELIGIBILITY:
        return vaxdir_eligibility_name(number) != NULL;
    default:
        return 0;
    }
}
