#include "peers.h"
peer_set *make_peers(const std::vector<place> &)
{
    return nullptr;
}
