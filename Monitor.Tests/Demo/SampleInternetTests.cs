using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Monitor.Worker.Demo;

namespace Monitor.Tests.Demo;

public sealed class SampleInternetTests
{
    [Fact]
    public void The_same_seed_is_the_same_internet()
    {
        foreach (var seed in (int[])[0, 1, 99, -5, int.MaxValue])
            Assert.Equal(Fingerprint(SampleInternet.Create(seed)), Fingerprint(SampleInternet.Create(seed)));
        Assert.Equal(25, Enumerable.Range(0, 25).Select(seed => Fingerprint(SampleInternet.Create(seed))).Distinct().Count());
    }

    [Fact]
    public void Every_seed_has_every_behaviour_once_and_no_url_twice()
    {
        var behaviours = SampleBehaviour.All.Select(behaviour => behaviour.Name).Order().ToList();
        foreach (var seed in Enumerable.Range(0, 25))
        {
            var internet = SampleInternet.Create(seed);
            Assert.Equal(behaviours, internet.Platforms.Select(platform => platform.Behaviour.Name).Order());
            var urls = internet.Platforms.SelectMany(platform => platform.Target.MediaUrls.Append(platform.Target.PageUrl)).ToList();
            Assert.Equal(urls.Count, urls.Distinct().Count());
            Assert.All(urls, url => Assert.Equal(url, new Uri(url).AbsoluteUri));
            Assert.Equal(internet.Platforms.Count, internet.Platforms.Select(platform => platform.AbuseMailbox).Distinct().Count());
            Assert.Equal(internet.HashList.Count, internet.HashList.Select(hash => hash.Sha256).Distinct().Count());
            Assert.Equal(internet.HashList, SampleWorld.HashListFor(seed));
            foreach (var platform in internet.Platforms)
            {
                Assert.InRange(platform.Target.Timing.Delay, TimeSpan.FromHours(2), TimeSpan.FromHours(20));
                Assert.InRange(platform.Target.Timing.SecondDelay, TimeSpan.FromHours(2), TimeSpan.FromHours(20));
                Assert.Subset(platform.Target.MediaUrls.ToHashSet(), platform.Target.KnownMediaUrls.ToHashSet());
                Assert.All(platform.Target.IntakeUrls, url => Assert.Equal(platform.Host, new Uri(url).IdnHost));
            }
        }
    }

    [Fact]
    public void Seeds_vary_what_they_should()
    {
        var platforms = Enumerable.Range(0, 40).SelectMany(seed => SampleInternet.Create(seed).Platforms).ToList();
        Assert.Equal(["en", "vi"], platforms.Select(platform => platform.Language).Distinct().Order());
        Assert.Equal(Enum.GetValues<SampleLayout>(), platforms.Select(platform => platform.Look.Layout).Distinct().Order());
        Assert.Equal(2, platforms.Select(platform => platform.Look.Landmarks).Distinct().Count());
        Assert.Equal(2, platforms.Select(platform => platform.Host == platform.MediaHost).Distinct().Count());
        Assert.True(platforms.Select(platform => platform.Look.Title).Distinct().Count() > 200);
        Assert.True(platforms.Select(platform => platform.Target.Pictures.Count).Distinct().Count() >= 4);
    }

    [Fact]
    public void Pictures_are_valid_png_files_of_the_promised_size()
    {
        foreach (var picture in Enumerable.Range(0, 20).SelectMany(seed => SampleInternet.Create(seed).Platforms).SelectMany(platform => platform.Target.Pictures))
        {
            Assert.InRange(picture.Bytes.Length, 3 * 1024, 30 * 1024);
            var pixels = Decode(picture.Bytes, out var width, out var height);
            Assert.Equal((picture.Width, picture.Height), (width, height));
            Assert.Equal(height * (1 + (width * 3)), pixels.Length);
            // Patterns, not plain fields: perceptual hashing needs something to see.
            Assert.True(pixels.Distinct().Count() > 40);
        }
    }

    [Fact]
    public void Eras_never_rewrite_the_past()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        foreach (var platform in Enumerable.Range(0, 10).SelectMany(seed => SampleInternet.Create(seed).Platforms))
        {
            var notices = new List<SampleNotice>();
            var earlier = new List<SampleEra>();
            for (var day = 0; day < 60; day += 3)
            {
                notices.Add(new SampleNotice(start.AddDays(day), NamesPage: true, NamesMedia: day % 2 == 0));
                var eras = platform.Behaviour.Eras(notices, platform.Target.Timing).ToList();
                Assert.Equal(earlier, eras.Take(earlier.Count));
                Assert.Equal(eras.OrderBy(era => era.From), eras);
                Assert.All(eras.Skip(earlier.Count), era => Assert.True(era.From > notices[^1].At));
                earlier = eras;
            }
        }
    }

    private static string Fingerprint(SampleInternet internet) =>
        SampleFiles.FlaggedCsv(internet) + string.Concat(internet.Platforms.Select(platform =>
            $"{platform.Host} {platform.MediaHost} {platform.AbuseMailbox} {platform.Expected} {platform.Target.Timing} {platform.Look.Title} {string.Join('|', platform.Look.Paragraphs)} " +
            string.Join(' ', platform.Target.MediaUrls) + string.Join(' ', platform.Target.Pictures.Select(picture => picture.Sha256))));

    /// <summary>Reads a PNG by the book: signature, chunk order, a CRC computed bit by bit, zlib with its checksum.</summary>
    private static byte[] Decode(byte[] file, out int width, out int height)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        (width, height) = (0, 0);
        var names = new List<string>();
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var name = Encoding.ASCII.GetString(file, at + 4, 4);
            names.Add(name);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (name == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
                height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12));
            }
            else if (name == "IDAT")
            {
                data.Write(file, at + 8, length);
            }

            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], names);
        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        zlib.CopyTo(pixels);
        return pixels.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }

        return ~crc;
    }
}
