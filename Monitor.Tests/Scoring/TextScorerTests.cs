using System.Text;
using FsCheck.Xunit;
using Monitor.Rules.Removal;
using Monitor.Worker.Scoring;

namespace Monitor.Tests.Scoring;

public sealed class TextScorerTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private static readonly PageStructure Structure = new() { Links = 20, ForeignLinks = 3, Media = 4, ForeignMedia = 1, Blocks = 12, CommentBlocks = 4, TitleLength = 14 };

    [Fact]
    public void A_composed_and_a_decomposed_text_score_the_same()
    {
        foreach (var text in model.Texts.Where((_, i) => i % 5 == 0))
        {
            var decomposed = text.Text.Normalize(NormalizationForm.FormD);
            Assert.Equal(TextTraits.Of(text.Text.Normalize(NormalizationForm.FormC)), TextTraits.Of(decomposed));
            Assert.Equal(model.Scorer.Score(text.Text.Normalize(NormalizationForm.FormC), text.Structure), model.Scorer.Score(decomposed, text.Structure));
        }
    }

    /// <summary>The library's engines answer wrongly when two threads share one.</summary>
    [Fact]
    public void Many_threads_get_what_one_gets()
    {
        var alone = model.Texts.Select(text => model.Scorer.Score(text.Text, text.Structure)).ToArray();
        Assert.True(alone.Distinct().Count() > alone.Length / 2);
        var together = new double[alone.Length * 4];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var text = model.Texts[i % alone.Length];
            together[i] = model.Scorer.Score(text.Text, text.Structure);
        });
        Assert.Equal([.. alone, .. alone, .. alone, .. alone], together);
    }

    [Fact]
    public void Empty_and_huge_texts_have_a_score_and_only_so_much_is_read()
    {
        string[] odd = ["", " ", "\u200B", "\ud800", new string('a', 2_000_000), string.Concat(Enumerable.Repeat("đèn lồng xanh ", 100_000)), new string('\u0301', 5000)];
        Assert.All(odd, text => Assert.InRange(model.Scorer.Score(text, null), 0, 1));

        var row = ScorerRow.Of(new string('x', 300_000) + " cuối trang", null);
        Assert.Equal(ScorerRow.Head + 1 + ScorerRow.Tail, row.Text.Length);
        Assert.EndsWith("cuối trang", row.Text, StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public void Any_text_has_a_score_between_0_and_1(string? text, int links, int media) =>
        Assert.InRange(model.Scorer.Score(text ?? "", new PageStructure { Links = links, Media = media, ForeignMedia = links }), 0, 1);

    /// <summary>An explanation is not a story beside the score: what it adds up to is the score.</summary>
    [Fact]
    public void What_moved_the_score_adds_up_to_it()
    {
        foreach (var text in model.Texts.Where((_, i) => i % 37 == 0))
        {
            var explanation = model.Scorer.Explain(text.Text, text.Structure, int.MaxValue);
            Assert.Equal(model.Scorer.Score(text.Text, text.Structure), explanation.Probability, 9);
            var logOdds = explanation.Base + explanation.Raising.Concat(explanation.Lowering).Sum(one => one.LogOdds);
            Assert.Equal(explanation.Probability, 1 / (1 + Math.Exp(-logOdds)), 2);
            Assert.All(explanation.Raising.Zip(explanation.Raising.Skip(1)), pair => Assert.True(pair.First.LogOdds >= pair.Second.LogOdds));
            Assert.All(explanation.Lowering, one => Assert.True(one.LogOdds < 0));
            Assert.All(explanation.Raising.Concat(explanation.Lowering).Where(one => one.Kind == ContributionKind.Words), one => Assert.DoesNotContain('|', one.Name));
            // The library drops punctuation before it counts words.
            var seen = string.Concat(ScorerRow.Of(text.Text, null).Text.Where(c => !char.IsPunctuation(c)));
            Assert.All(explanation.Raising.Concat(explanation.Lowering).Where(one => one.Kind == ContributionKind.Words), one => Assert.Contains(one.Name.Split(' ')[0], seen, StringComparison.Ordinal));
        }

        var words = model.Scorer.Explain("ai cần đèn lồng xanh thì ib riêng, hỏi ở telegram", Structure, 50);
        Assert.Contains(words.Raising, one => one.Kind == ContributionKind.Words && one.Name is "ib" or "riêng" or "telegram" or "ai cần");
        Assert.Contains(words.Raising.Concat(words.Lowering), one => one.Kind == ContributionKind.Structure);
    }

    [Theory]
    [InlineData("model.zip")]
    [InlineData("card.json")]
    public void A_file_that_is_missing_is_said_to_be(string file)
    {
        var directory = model.Copy();
        File.Delete(Path.Combine(directory, file));
        Assert.Equal(file, Assert.IsType<ScorerLoading.Missing>(TextScorer.Load(directory)).File);
    }

    [Fact]
    public void One_changed_byte_of_the_model_is_refused()
    {
        var directory = model.Copy();
        var path = Path.Combine(directory, ModelCard.ModelFileName);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(ModelCard.ModelFileName, Assert.IsType<ScorerLoading.Damaged>(TextScorer.Load(directory)).File);
    }

    [Fact]
    public void A_card_that_was_edited_is_refused_where_it_is_pinned()
    {
        var directory = model.Copy();
        var path = Path.Combine(directory, ModelCard.FileName);
        File.WriteAllBytes(path, (model.Trained.Card with { CreatedBy = "ai-do" }).Write());
        Assert.IsType<ScorerLoading.Loaded>(TextScorer.Load(directory));
        Assert.Equal(ModelCard.FileName, Assert.IsType<ScorerLoading.Damaged>(TextScorer.Load(directory, model.Scorer.CardDigest)).File);
        File.WriteAllText(path, "{\"format\":");
        Assert.IsType<ScorerLoading.Damaged>(TextScorer.Load(directory));
        File.WriteAllText(path, "null");
        Assert.IsType<ScorerLoading.Damaged>(TextScorer.Load(directory));
    }

    [Fact]
    public void A_model_of_another_version_or_of_no_kind_is_foreign()
    {
        var directory = model.Copy();
        var path = Path.Combine(directory, ModelCard.FileName);
        File.WriteAllBytes(path, (model.Trained.Card with { Format = "monitor-text-score/99" }).Write());
        Assert.IsType<ScorerLoading.Foreign>(TextScorer.Load(directory));
        File.WriteAllBytes(path, (model.Trained.Card with { Structure = ["words"] }).Write());
        Assert.IsType<ScorerLoading.Foreign>(TextScorer.Load(directory));

        var nonsense = "not a model at all"u8.ToArray();
        File.WriteAllBytes(Path.Combine(directory, ModelCard.ModelFileName), nonsense);
        File.WriteAllBytes(path, (model.Trained.Card with { ModelSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(nonsense)) }).Write());
        Assert.IsType<ScorerLoading.Foreign>(TextScorer.Load(directory));
    }

    [Fact]
    public void A_card_reads_back_as_it_was_written()
    {
        var back = ModelCard.Read(model.Trained.Card.Write())!;
        Assert.Equal(model.Trained.Card.Write(), back.Write());
        Assert.Equal((model.Texts.Count, 33, "quan.tri"), (back.Data.Texts, back.Data.Families.Count, back.CreatedBy));
        Assert.Equal(ScorerTraining.DigestOf(model.Texts), back.Data.Sha256);
        Assert.NotNull(back.Data.From);
    }

    [Fact]
    public void An_outline_gives_the_counts_that_a_training_text_states()
    {
        var outline = new PageOutline
        {
            Title = "Chợ hoa",
            Blocks = [new OutlineBlock(BlockRole.Main, true, "a"), new OutlineBlock(BlockRole.Comment, true, "b"), new OutlineBlock(BlockRole.Comment, false, "c")],
            Links = [new OutlineLink("http://a.example/x", "", "", BlockRole.Main), new OutlineLink("https://b.example/", "", "", BlockRole.Main), new OutlineLink("mailto:x@b.example", "", "", BlockRole.Main)],
            Media = [new OutlineMedia("http://cdn.example/1.jpg", MediaKind.Image, "img"), new OutlineMedia("data:image/png;base64,AA", MediaKind.Image, "img"), new OutlineMedia("http://a.example/s.css", MediaKind.Other, "link")],
            FormInputs = ["text", "password"],
        };
        Assert.Equal(
            new PageStructure { Links = 3, ForeignLinks = 2, Media = 2, ForeignMedia = 1, Blocks = 2, CommentBlocks = 1, TitleLength = 7, LogIn = true },
            PageStructure.Of(outline, "http://a.example/bai/1"));
    }

    [Fact]
    public void The_list_of_structural_features_is_whole()
    {
        Assert.Equal(StructuralFeatures.Count, StructuralFeatures.All.Count);
        Assert.Equal(StructuralFeatures.Count, StructuralFeatures.Ids.Distinct().Count());
        Assert.All(StructuralFeatures.Vector(Structure, TextTraits.Of("ĐÈN LỒNG!!! 0900 000 012")), value => Assert.InRange(value, 0, 1));
        Assert.All(StructuralFeatures.Vector(null, TextTraits.Of("")), value => Assert.Equal(0, value));
    }
}
