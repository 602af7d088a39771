using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Monitor.Worker.Fetching;

/// <summary>
/// Which addresses may be contacted: those of the public Internet only. Sources: the IANA special-purpose address registries (RFC 6890 and successors)
/// and the metadata addresses of cloud platforms. Forms that embed an IPv4 address (mapped, NAT64, 6to4, Teredo) are refused whole,
/// public inner address or not: no public host needs them, and what translates them on the way is not ours to know.
/// </summary>
public static class AddressGuard
{
    private static readonly (uint Network, int Bits, string Kind)[] Blocks4 =
    [
        V4("169.254.169.254", 32, "metadata"),
        V4("169.254.170.2", 32, "metadata"),
        V4("100.100.100.200", 32, "metadata"),
        V4("0.0.0.0", 8, "unspecified"),
        V4("10.0.0.0", 8, "private"),
        V4("100.64.0.0", 10, "cgnat"),
        V4("127.0.0.0", 8, "loopback"),
        V4("169.254.0.0", 16, "link-local"),
        V4("172.16.0.0", 12, "private"),
        V4("192.0.0.0", 24, "reserved"),
        V4("192.0.2.0", 24, "documentation"),
        V4("192.31.196.0", 24, "reserved"),
        V4("192.52.193.0", 24, "reserved"),
        V4("192.88.99.0", 24, "6to4"),
        V4("192.168.0.0", 16, "private"),
        V4("192.175.48.0", 24, "reserved"),
        V4("198.18.0.0", 15, "benchmark"),
        V4("198.51.100.0", 24, "documentation"),
        V4("203.0.113.0", 24, "documentation"),
        V4("224.0.0.0", 4, "multicast"),
        V4("255.255.255.255", 32, "broadcast"),
        V4("240.0.0.0", 4, "reserved"),
    ];

    private static readonly (UInt128 Network, int Bits, string Kind)[] Blocks6 =
    [
        V6("::", 128, "unspecified"),
        V6("::1", 128, "loopback"),
        V6("fd00:ec2::254", 128, "metadata"),
        V6("fd20:ce::254", 128, "metadata"),
        V6("::ffff:0:0", 96, "mapped"),
        V6("::ffff:0:0:0", 96, "mapped"),
        V6("::", 96, "mapped"),
        V6("64:ff9b::", 96, "nat64"),
        V6("64:ff9b:1::", 48, "nat64"),
        V6("100::", 64, "reserved"),
        V6("2001::", 32, "teredo"),
        V6("2001:2::", 48, "benchmark"),
        V6("2001:db8::", 32, "documentation"),
        V6("2001::", 23, "reserved"),
        V6("2002::", 16, "6to4"),
        V6("3fff::", 20, "documentation"),
        V6("fc00::", 7, "private"),
        V6("fe80::", 10, "link-local"),
        V6("fec0::", 10, "site-local"),
        V6("ff00::", 8, "multicast"),
    ];

    /// <summary>Null for a public address, otherwise the kind that forbids it. More particular kinds come before general ones.</summary>
    public static string? Forbids(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(bytes, out _);
            uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            foreach ((uint network, int bits, string kind) in Blocks4)
            {
                if (((value ^ network) >> (32 - bits)) == 0)
                    return kind;
            }

            return null;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return "reserved";
        address.TryWriteBytes(bytes, out _);
        UInt128 wide = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        foreach ((UInt128 network, int bits, string kind) in Blocks6)
        {
            if (((wide ^ network) >> (128 - bits)) == 0)
                return kind;
        }

        // Only 2000::/3 is global unicast; the rest of the space is not handed out (RFC 4291 section 2.4).
        return (wide >> 125) == 1 ? null : "reserved";
    }

    private static (uint Network, int Bits, string Kind) V4(string network, int bits, string kind) =>
        (BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(network).GetAddressBytes()), bits, kind);

    private static (UInt128 Network, int Bits, string Kind) V6(string network, int bits, string kind) =>
        (BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(network).GetAddressBytes()), bits, kind);
}
