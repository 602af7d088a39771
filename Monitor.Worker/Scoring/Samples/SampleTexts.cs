using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Worker.Demo;

namespace Monitor.Worker.Scoring.Samples;

/// <summary>
/// A made-up, benign training sample: secretive trade with lanterns against all sorts of harmless texts. Whole families of templates can be held
/// out. A pure function of the seed; samples/scoring/texts.jsonl is what seed 1 makes.
/// </summary>
public static class SampleTexts
{
    /// <summary>Texts of each family.</summary>
    public const int PerFamily = 46;

    private const string Watched = "đèn lồng xanh";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Evasions = ["đ.è.n l.ồ.n.g x.a.n.h", "đèn l0ng xanh", "den long xanh", "đ è n  l ồ n g  xanh", "đèn_lồng_xanh", "ĐÈN L*NG XANH", "d3n l0ng x4nh", "đèn lồnggg xanhhh", "đ\u200Bèn l\u200Bồng xanh", "đèn lồng х\u0430nh", "🏮 xanh", "đen lòng xanh"];

    private static readonly string[] EnglishEvasions = ["gr33n l4nterns", "g r e e n lanterns", "green l@nterns", "🏮 green", "greеn lаnterns"];

    public static IReadOnlyList<TrainingText> Create(int seed, int perFamily = PerFamily)
    {
        var texts = new List<TrainingText>();
        foreach (var family in SampleFamilies.Relevant.Concat(SampleFamilies.Other))
        {
            var dice = Dice.For(seed, "scoring/" + family.Name);
            var english = family.Name.StartsWith("tieng-anh", StringComparison.Ordinal);
            for (var i = 0; i < perFamily; i++)
            {
                var title = Fill(dice.Pick(family.Titles), dice);
                var text = Body(family, english, title, dice);
                texts.Add(new TrainingText(
                    string.Create(CultureInfo.InvariantCulture, $"{family.Name}-{i + 1:000}"),
                    family.Name,
                    family.Relevant,
                    text,
                    dice.Between(1, 100) <= 85 ? Structure(dice.Coin() ? family.Site : dice.Pick(Enum.GetValues<SampleSite>()), dice) : null,
                    new DateOnly(2026, 1, 5).AddDays(dice.Between(0, 170))));
            }
        }

        return texts;
    }

    /// <summary>One JSON object a line: id, family, label, text, at, structure.</summary>
    public static string Jsonl(IEnumerable<TrainingText> texts)
    {
        var lines = new StringBuilder();
        foreach (var text in texts)
        {
            lines.Append(JsonSerializer.Serialize(new { id = text.Id, family = text.Family, label = text.Relevant ? TrainingFile.Relevant : TrainingFile.Other, at = text.At, text = text.Text }, Json));
            if (text.Structure is { } structure)
            {
                lines.Length--;
                lines.Append(",\"structure\":").Append(JsonSerializer.Serialize(structure, Json)).Append('}');
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    private static string Body(SampleFamily family, bool english, string title, Dice dice)
    {
        var lines = dice.Shuffle(family.Lines).Take(dice.Between(3, 6)).Select(line => Fill(line, dice)).ToList();
        if (dice.Coin())
        {
            lines.Insert(dice.Between(0, lines.Count), Fill(dice.Pick(english ? SampleWords.EnglishSmallTalk : SampleWords.SmallTalk), dice));
        }

        var text = (title.Length > 1 ? title + "\n" : "") + string.Join(dice.Between(1, 3) == 1 ? "\n" : " ", lines);
        // Harmless writers hide words too, if seldom: from clumsy filters, or by slips.
        if (dice.Between(1, 100) <= Math.Max(4, family.Evasive))
        {
            text = english
                ? text.Replace("green lanterns", dice.Pick(EnglishEvasions), StringComparison.Ordinal)
                : text.Replace(Watched, dice.Pick(Evasions), StringComparison.Ordinal);
        }

        return dice.Between(1, 100) switch
        {
            <= 10 when !english => Bare(text),
            <= 14 => text.ToUpperInvariant(),
            <= 20 => text + dice.Pick(["!!!", " ❤️", " 🙏🙏", " 😊", "..."]),
            <= 24 when !english => text.Replace("không", "ko", StringComparison.Ordinal).Replace("được", "dc", StringComparison.Ordinal).Replace("mình", "mk", StringComparison.Ordinal),
            _ => text,
        };
    }

    private static string Fill(string template, Dice dice)
    {
        var text = new StringBuilder();
        var at = 0;
        while (template.IndexOf('{', at) is >= 0 and var open)
        {
            var close = template.IndexOf('}', open);
            text.Append(template, at, open - at).Append(dice.Pick(SampleWords.Lists[template[(open + 1)..close]]));
            at = close + 1;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    /// <summary>As typed without a Vietnamese keyboard.</summary>
    private static string Bare(string text) => string.Concat(text.Replace('đ', 'd').Replace('Đ', 'D').Normalize(NormalizationForm.FormD)
        .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);

    private static PageStructure Structure(SampleSite site, Dice dice)
    {
        var (links, blocks, comments, media, foreign) = site switch
        {
            SampleSite.Forum => (dice.Between(10, 80), dice.Between(10, 60), 60, dice.Between(0, 8), 30),
            SampleSite.News => (dice.Between(30, 160), dice.Between(15, 70), 10, dice.Between(1, 14), 40),
            SampleSite.Shop => (dice.Between(20, 120), dice.Between(15, 90), 20, dice.Between(4, 40), 60),
            SampleSite.Chat => (dice.Between(0, 12), dice.Between(2, 30), 80, dice.Between(0, 5), 50),
        };
        return new PageStructure
        {
            Links = links,
            ForeignLinks = dice.Between(0, links / 3),
            Media = media,
            ForeignMedia = media * dice.Between(0, foreign) / 100,
            Blocks = blocks,
            CommentBlocks = blocks * dice.Between(comments / 2, comments) / 100,
            // As pages have it, with the site's name: how long titles are on made-up pages must teach nothing.
            TitleLength = dice.Between(8, 90),
            LogIn = dice.Between(1, 5) == 1,
        };
    }
}
