namespace Monitor.Rules.Text;

public enum ScanTarget
{
    Keyword,
    Pattern,
}
