using System.Net;
using Monitor.Worker.Fetching;

namespace Monitor.Tests.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("10.0.0.1", "private")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("169.254.1.1", "link-local")]
    [InlineData("169.254.169.254", "metadata")]
    [InlineData("169.254.170.2", "metadata")]
    [InlineData("100.100.100.200", "metadata")]
    [InlineData("100.64.0.1", "cgnat")]
    [InlineData("100.127.255.255", "cgnat")]
    [InlineData("192.0.0.8", "reserved")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("198.18.0.1", "benchmark")]
    [InlineData("198.19.255.255", "benchmark")]
    [InlineData("192.88.99.1", "6to4")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::ffff:127.0.0.1", "mapped")]
    [InlineData("::ffff:8.8.8.8", "mapped")]
    [InlineData("::ffff:0:7f00:1", "mapped")]
    [InlineData("::127.0.0.1", "mapped")]
    [InlineData("64:ff9b::7f00:1", "nat64")]
    [InlineData("64:ff9b:1::a00:1", "nat64")]
    [InlineData("2002:7f00:1::", "6to4")]
    [InlineData("2001:0:53aa:64c::1", "teredo")]
    [InlineData("2001:2::1", "benchmark")]
    [InlineData("2001:10::1", "reserved")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("3fff::1", "documentation")]
    [InlineData("100::1", "reserved")]
    [InlineData("fc00::1", "private")]
    [InlineData("fd12:3456::1", "private")]
    [InlineData("fd00:ec2::254", "metadata")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("4000::1", "reserved")]
    public void Special_addresses_are_forbidden_by_kind(string address, string kind) =>
        Assert.Equal(kind, AddressGuard.Forbids(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2400:cb00::1")]
    [InlineData("2001:200::1")]
    public void Public_addresses_up_to_the_borders_are_not(string address) => Assert.Null(AddressGuard.Forbids(IPAddress.Parse(address)));

    [Fact]
    public void The_allow_list_opens_loopback_and_nothing_else()
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, 8080);
        var list = new LoopbackAllowList([endpoint]);
        Assert.True(list.Permits(endpoint));
        Assert.False(list.Permits(new IPEndPoint(IPAddress.Loopback, 8081)));
        Assert.False(list.IsEmpty);
        Assert.True(LoopbackAllowList.Empty.IsEmpty);
        Assert.False(LoopbackAllowList.WholeLoopback.IsEmpty);
        Assert.True(LoopbackAllowList.WholeLoopback.Permits(IPEndPoint.Parse("127.9.9.9:1")));
        Assert.False(LoopbackAllowList.WholeLoopback.Permits(IPEndPoint.Parse("10.0.0.1:1")));
        Assert.False(LoopbackAllowList.WholeLoopback.Permits(IPEndPoint.Parse("[::ffff:127.0.0.1]:1")));
        Assert.Throws<ArgumentException>(() => new LoopbackAllowList([IPEndPoint.Parse("10.0.0.1:80")]));
        Assert.Throws<ArgumentException>(() => new LoopbackAllowList(hosts: new Dictionary<string, IPEndPoint> { ["a.example"] = IPEndPoint.Parse("169.254.169.254:80") }));
    }
}
