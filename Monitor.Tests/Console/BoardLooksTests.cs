using Monitor.Tests.Operations;

namespace Monitor.Tests.Console;

public sealed class BoardLooksTests
{
    [Fact]
    public async Task Board_intake_and_custody_hold_in_both_languages_and_themes()
    {
        await using var house = await ConsoleHouse.OpenAsync();
        var request = await house.Desk.DemandAsync();
        var draft = await house.Desk.DraftAsync($"http://{DeskHouse.Host}/u/hoa.mai/bai/1002");
        await using var browser = await Browser.StartAsync();
        foreach (var (person, paths) in new (string, string[])[]
        {
            ("chi.le", ["/board", "/board?show=drafts", "/requests/" + request.Id, "/notices/" + draft.Id, "/board/review?what=approve&id=" + draft.Id]),
            ("giang.vo", ["/intake"]),
            ("hanh.dang", ["/custody", "/custody/1"]),
        })
        {
            var page = await browser.OpenAsync();
            await page.SignInAsync(house, person);
            foreach (var (language, theme) in new[] { ("vi", "light"), ("vi", "dark"), ("en", "light"), ("en", "dark") })
            {
                await page.LookAsync(house.Url, language, theme);
                foreach (var path in paths)
                {
                    await page.GoAsync(house.Url + path);
                    Assert.Empty((await page.AxeAsync()).Select(one => $"{path} {language} {theme}: {one}"));
                    await Pictures.KeepAsync(page, path, language, theme);
                }
            }

            Assert.Empty(page.Complaints);
        }
    }
}
