using System.Globalization;
using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>The plan of a made-up internet: a pure function of a seed, without sockets or clock. <see cref="SampleWorld"/> serves it.</summary>
public sealed class SampleInternet
{
    private SampleInternet(int seed, IReadOnlyList<SamplePlatform> platforms)
    {
        Seed = seed;
        Platforms = platforms;
    }

    public int Seed { get; }

    /// <summary>One platform a behaviour, in seeded order.</summary>
    public IReadOnlyList<SamplePlatform> Platforms { get; }

    /// <summary>Digests of the pictures that count as known, as a bank would import them: no picture of an innocent page is among them.</summary>
    public IReadOnlyList<SampleHash> HashList =>
    [
        .. from platform in Platforms
           from index in Enumerable.Range(0, platform.Target.MediaUrls.Count)
           where platform.Target.KnownMediaUrls.Contains(platform.Target.MediaUrls[index])
           let picture = platform.Target.Pictures[index]
           select new SampleHash(picture.Id, picture.Md5, picture.Sha1, picture.Sha256),
    ];

    /// <summary>Bytes of the known pictures, for perceptual hashes.</summary>
    public IReadOnlyList<SamplePicture> KnownPictures =>
    [
        .. from platform in Platforms
           from index in Enumerable.Range(0, platform.Target.MediaUrls.Count)
           where platform.Target.KnownMediaUrls.Contains(platform.Target.MediaUrls[index])
           select platform.Target.Pictures[index],
    ];

    public static SampleInternet Create(int seed)
    {
        var dice = Dice.For(seed, "internet");
        var names = dice.Shuffle(SampleWords.Platforms);
        var behaviours = dice.Shuffle(SampleBehaviour.All);
        var platforms = behaviours.Select((behaviour, index) => MakePlatform(seed, behaviour, names[index])).ToList();
        return new SampleInternet(seed, platforms);
    }

    private static SamplePlatform MakePlatform(int seed, SampleBehaviour behaviour, (string Id, string Name, string Language) name)
    {
        var dice = Dice.For(seed, "platform " + behaviour.Name);
        var words = SampleWords.In(name.Language);
        var host = name.Id + ".example";
        // The wall and the soft page belong to the page's host: pictures elsewhere would be another story.
        var mediaHost = behaviour.NeedsMediaHost || dice.Coin() ? dice.Pick(["cdn.", "img.", "static."]) + host : host;
        var look = MakeLook(dice, words, behaviour);
        var timing = new SampleTiming
        {
            Delay = TimeSpan.FromMinutes(dice.Between(2 * 60, 20 * 60)),
            SecondDelay = TimeSpan.FromMinutes(dice.Between(2 * 60, 20 * 60)),
            Outage = TimeSpan.FromMinutes(dice.Between(5 * 60, 30 * 60)),
            // Removal is durable about 16 days after it began: one kind of seed returns well after, the other well before.
            Absence = TimeSpan.FromHours(dice.Coin() ? dice.Between(20 * 24, 40 * 24) : dice.Between(4 * 24, 12 * 24)),
        };
        var target = MakeTarget(seed, dice, behaviour, host, mediaHost, look, words, timing);
        return new SamplePlatform
        {
            Id = name.Id,
            Name = name.Name,
            Host = host,
            MediaHost = mediaHost,
            AbuseMailbox = dice.Pick(["abuse@", "phap-che@", "legal@", "report@"]) + host,
            Language = name.Language,
            Behaviour = behaviour,
            Target = target,
            Expected = behaviour.Expect(timing),
            Look = look,
        };
    }

    private static SampleTarget MakeTarget(
        int seed, Dice dice, SampleBehaviour behaviour, string host, string mediaHost, SampleLook look, SampleWords words, SampleTiming timing)
    {
        var vietnamese = ReferenceEquals(words, SampleWords.Vietnamese);
        var path = look.Layout switch
        {
            SampleLayout.Article => $"/{(vietnamese ? "bai-viet" : "article")}/{look.ItemId}.html",
            SampleLayout.Forum => $"/{(vietnamese ? "chu-de" : "thread")}/{look.ItemId}/",
            SampleLayout.Profile => $"/{(vietnamese ? "nguoi-dung" : "user")}/{look.ItemId}",
            SampleLayout.Product => $"/{(vietnamese ? "san-pham" : "product")}/i.{look.ItemId}",
            SampleLayout.Gallery => $"/{(vietnamese ? "xem" : "watch")}?v={look.ItemId}",
        };
        var innocent = behaviour.Name == "innocent";
        var known = innocent ? 0 : dice.Between(1, 3);
        var pictures = new List<(SamplePicture Picture, bool Known)>();
        var count = known + dice.Between(innocent ? 1 : 0, 3);
        for (var i = 0; i < count; i++)
            pictures.Add((SamplePicture.Draw(seed, string.Create(CultureInfo.InvariantCulture, $"{behaviour.Name}-{i}")), i < known));
        pictures = dice.Shuffle(pictures);
        var form = dice.Between(0, 2);
        string MediaUrl()
        {
            var id = dice.Id(10);
            return $"http://{mediaHost}" + form switch
            {
                0 => $"/media/{id}.png",
                1 => $"/i/{id[..2]}/{id[2..]}_o.png",
                _ => $"/files/{id}/original.png",
            };
        }

        var media = pictures.Select(picture => (Url: MediaUrl(), picture.Picture, picture.Known)).ToList();
        var page = $"http://{host}{path}";
        return new SampleTarget
        {
            PageUrl = page,
            MediaUrls = [.. media.Select(item => item.Url)],
            KnownMediaUrls = [.. media.Where(item => item.Known).Select(item => item.Url)],
            DeadMediaUrl = behaviour.Name == "talks-about-removal" ? MediaUrl() : null,
            IntakeUrls = IntakeForms(dice, page, host, path),
            Timing = timing,
            Pictures = [.. media.Select(item => item.Picture)],
        };
    }

    private static List<string> IntakeForms(Dice dice, string page, string host, string path)
    {
        var join = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        List<string> forms =
        [
            $"{page}{join}utm_source=zalo&utm_medium=chat",
            $"{page}{join}fbclid={dice.Id(20)}",
            $"{page}#binh-luan",
            $"HTTP://{host.ToUpperInvariant()}{path}",
            $"http://{host}:80{path}",
        ];
        return [page, .. dice.Shuffle(forms)];
    }

    private static SampleLook MakeLook(Dice dice, SampleWords words, SampleBehaviour behaviour)
    {
        var innocent = behaviour.Name == "innocent";
        var word = dice.Between(0, 3) switch
        {
            0 => SampleWords.WatchWord.ToUpper(CultureInfo.GetCultureInfo("vi-VN")),
            // Decomposed, as pages written on some phones and systems are.
            1 => SampleWords.WatchWord.Normalize(NormalizationForm.FormD),
            2 => "Đèn lồng xanh",
            _ => SampleWords.WatchWord,
        };
        var number = dice.Between(2, 90);
        var paragraphs = dice.Shuffle(words.Sentences).Chunk(dice.Between(2, 4)).Select(chunk => string.Join(' ', chunk)).ToList();
        paragraphs.Insert(dice.Between(0, paragraphs.Count), Format(dice.Pick(innocent ? words.HarmlessMention : words.Mention), word, number));
        var comments = dice.Shuffle(words.Comments).Take(dice.Between(1, 5));
        if (behaviour.Name == "talks-about-removal")
            comments = dice.Shuffle(comments.Concat(words.RemovedTalk));
        return new SampleLook
        {
            Layout = dice.Pick(Enum.GetValues<SampleLayout>()),
            Landmarks = dice.Coin(),
            CharsetInHeader = dice.Coin(),
            SaysGone = dice.Between(0, 2) == 0,
            WallRedirects = dice.Coin(),
            SaysLegal = dice.Coin(),
            SaysRetryAfter = dice.Coin(),
            RobotsDisallow = dice.Between(0, 3) == 0,
            Title = Format(dice.Pick(innocent ? words.HarmlessTitle : words.Title), word, number),
            Paragraphs = paragraphs,
            Comments = [.. comments.Select(what => (dice.Pick(words.People), what))],
            Related = dice.Shuffle(words.Related),
            Author = dice.Pick(words.People),
            ItemId = dice.Coin() ? dice.Between(10_000, 9_999_999).ToString(CultureInfo.InvariantCulture) : dice.Id(11),
            Views = dice.Between(20, 9000),
        };
    }

    private static string Format(string template, string word, int number) => string.Format(CultureInfo.InvariantCulture, template, word, number);
}

/// <summary>One known picture as a hash list names it; hexadecimal, lower case.</summary>
public sealed record SampleHash(string Id, string Md5, string Sha1, string Sha256);
