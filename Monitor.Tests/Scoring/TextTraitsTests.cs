using Monitor.Worker.Scoring;

namespace Monitor.Tests.Scoring;

public sealed class TextTraitsTests
{
    [Theory]
    [InlineData("gọi 0900 000 012 nhé", 1)]
    [InlineData("gọi 0900.000.012", 1)]
    [InlineData("+84 90 000 0091", 1)]
    [InlineData("hỏi @den_long_00 hoặc a.b@mau.example", 2)]
    [InlineData("năm 2026, giá 300.000 đồng, 12 cái", 0)]
    [InlineData("a @ b", 0)]
    public void Contacts_are_counted(string text, int contacts) => Assert.Equal(contacts, TextTraits.Of(text).Contacts);

    [Theory]
    [InlineData("đ.è.n l.ồ.n.g", 2)]
    [InlineData("đ è n l ồ n g xanh", 1)]
    [InlineData("ở à này", 0)]
    [InlineData("U.S. và v.v.", 0)]
    [InlineData("đèn lồng xanh", 0)]
    public void Words_taken_apart_are_counted(string text, int broken) => Assert.Equal(broken, TextTraits.Of(text).BrokenWords);

    [Fact]
    public void Signs_of_hiding_and_shouting_are_counted()
    {
        var traits = TextTraits.Of("ĐÈN x4nh х\u0430nh đ\u200Bèn ib qua Zalo!! 🏮 https://kho.example/a");
        Assert.Equal((1, 1, 1, 2, 2, 1, 1), (traits.MixedWords, traits.ForeignLetters, traits.Invisible, traits.Messengers, traits.Exclamations, traits.Symbols, traits.Addresses));
        Assert.InRange(traits.Shouting, 0.05, 0.3);
    }
}
