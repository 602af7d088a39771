namespace Monitor.Rules.Text.Judging;

/// <summary>What a place shows of a spelling.</summary>
internal struct Weighing
{
    public int Marks;           // that the spelling has
    public int Seen;            // of them
    public int BareSyllables;   // that have marks of which none is there
    public int FullSyllables;   // that have marks, all there
    public bool[] Bare;         // by syllable: some mark is missing and none is there
    public bool[] Short;        // by syllable: some mark is missing
    public bool Homoglyph;
    public int HomoglyphLetters;
    public int Letters;
    public bool Styled;
    public bool Invisible;
    public bool Overlay;
    public bool Within;         // something between letters of a syllable
    public bool WithinSpaces;   // only spaces there
    public bool BetweenMarks;   // something but spaces between syllables
    public bool Joined;
    public bool Repeated;
    public bool Doubled;        // as Telex would, where no such letter is wanted
    public bool Teencode;
    public bool Telex;
    public bool Vni;
    public bool Viqr;
    public bool Leet;
    public bool Suffix;
    public int End;
}
