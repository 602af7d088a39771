namespace Monitor.Tests.Console;

/// <summary>What only a real browser shows: that scripts and style obey the content security policy, and that people who do not see well can work.</summary>
public sealed class BrowserTests
{
    [Fact]
    public async Task Account_pages_hold_in_both_languages_and_themes()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync();
        await page.GoAsync(house.Url + "/sign-in");
        Assert.Empty(await page.AxeAsync());
        await page.SignInAsync(house, "quan.tri");
        foreach (var (language, theme) in new[] { ("vi", "light"), ("vi", "dark"), ("en", "light"), ("en", "dark") })
        {
            await page.LookAsync(house.Url, language, theme);
            foreach (var path in new[] { "/", "/me", "/accounts", "/confirm", "/status/404" })
            {
                await page.GoAsync(house.Url + path);
                Assert.Empty((await page.AxeAsync()).Select(one => $"{path} {language} {theme}: {one}"));
                await Pictures.KeepAsync(page, path, language, theme);
            }
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Single_keys_lead_about_and_a_question_mark_lists_them()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync();
        await page.SignInAsync(house, "quan.tri");
        await page.PressAsync("9", loads: true);
        Assert.Equal("/accounts", await page.PathAsync());
        await page.PressAsync("?");
        Assert.Contains("Hôm nay", await page.TextAsync("#keys"), StringComparison.Ordinal);
        await page.PressAsync("?");
        await page.PressAsync("0", loads: true);
        Assert.Equal("/", await page.PathAsync());

        // While somebody types, a key is a letter.
        await page.GoAsync(house.Url + "/me");
        await page.EvaluateAsync("document.getElementById('current').focus()");
        await page.PressAsync("9");
        Assert.Equal("/me", await page.PathAsync());
    }
}
