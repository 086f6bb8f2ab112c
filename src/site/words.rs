//! The few words that pages say by themselves, in the newsroom's language where it is one of these.

use serde::Serialize;

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Phrases {
    /// Which language it is, by its first subtag.
    pub(super) language: &'static str,
    pub(super) skip: &'static str,
    pub(super) sections: &'static str,
    pub(super) by: &'static str,
    pub(super) published: &'static str,
    pub(super) updated: &'static str,
    pub(super) changes: &'static str,
    pub(super) correction: &'static str,
    pub(super) clarification: &'static str,
    pub(super) editors_note: &'static str,
    pub(super) update: &'static str,
    pub(super) retraction: &'static str,
    pub(super) withdrawal: &'static str,
    pub(super) corrects: &'static str,
    pub(super) corrected_by: &'static str,
    pub(super) returned: &'static str,
    pub(super) earlier: &'static str,
    pub(super) later: &'static str,
    pub(super) corrections: &'static str,
    pub(super) corrections_about: &'static str,
    pub(super) corrections_none: &'static str,
    pub(super) register: &'static str,
    pub(super) feed: &'static str,
    pub(super) all: &'static str,
    pub(super) front: &'static str,
    pub(super) empty: &'static str,
    pub(super) missing: &'static str,
    pub(super) missing_help: &'static str,
    pub(super) moved: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) retracted: &'static str,
    pub(super) photo: &'static str,
    pub(super) table: &'static str,
    pub(super) disclosure: &'static str,
    pub(super) about: &'static str,
}

const ENGLISH: Phrases = Phrases {
    language: "en",
    skip: "Skip to the article",
    sections: "Sections",
    by: "By",
    published: "Published",
    updated: "Updated",
    changes: "Changes to this article",
    correction: "Correction",
    clarification: "Clarification",
    editors_note: "Editors’ note",
    update: "Update",
    retraction: "Retraction",
    withdrawal: "Withdrawal",
    corrects: "This corrects the note of",
    corrected_by: "Corrected again on",
    returned: "This article was published again later.",
    earlier: "an earlier note",
    later: "later",
    corrections: "Corrections",
    corrections_about: "What we got wrong, made clearer or withdrew, newest first. Every note also stands with its article.",
    corrections_none: "Nothing has been corrected yet.",
    register: "As data (JSON)",
    feed: "Feed",
    all: "All articles",
    front: "Front page",
    empty: "Nothing is published here yet. Please come back soon.",
    missing: "This page is not here",
    missing_help: "It may have moved, or its address may be misspelt. The front page has everything that is new.",
    moved: "This article has moved",
    withdrawn: "This article was withdrawn",
    retracted: "This article was retracted",
    photo: "Photo",
    table: "Table",
    disclosure: "Disclosure",
    about: "About the author",
};

const KOREAN: Phrases = Phrases {
    language: "ko",
    skip: "본문으로 건너뛰기",
    sections: "섹션",
    by: "글",
    published: "게시",
    updated: "수정",
    changes: "이 기사의 변경 사항",
    correction: "정정",
    clarification: "설명 추가",
    editors_note: "편집자 주",
    update: "업데이트",
    retraction: "철회",
    withdrawal: "삭제",
    corrects: "다음 공지를 바로잡음:",
    corrected_by: "다시 바로잡음:",
    returned: "이 기사는 이후 다시 게시되었습니다.",
    earlier: "이전 공지",
    later: "이후",
    corrections: "정정 보도",
    corrections_about: "바로잡거나 보완하거나 철회한 기사입니다. 최근 것부터 보이며, 모든 공지는 해당 기사에도 실려 있습니다.",
    corrections_none: "아직 바로잡은 기사가 없습니다.",
    register: "데이터로 보기 (JSON)",
    feed: "피드",
    all: "전체 기사",
    front: "첫 화면",
    empty: "아직 게시된 기사가 없습니다. 곧 다시 찾아 주세요.",
    missing: "페이지를 찾을 수 없습니다",
    missing_help: "페이지가 옮겨졌거나 주소가 잘못되었을 수 있습니다. 새 기사는 첫 화면에 있습니다.",
    moved: "이 기사는 옮겨졌습니다",
    withdrawn: "이 기사는 삭제되었습니다",
    retracted: "이 기사는 철회되었습니다",
    photo: "사진",
    table: "표",
    disclosure: "이해관계 공개",
    about: "필자 소개",
};

const GERMAN: Phrases = Phrases {
    language: "de",
    skip: "Zum Artikel springen",
    sections: "Ressorts",
    by: "Von",
    published: "Veröffentlicht",
    updated: "Aktualisiert",
    changes: "Änderungen an diesem Artikel",
    correction: "Korrektur",
    clarification: "Klarstellung",
    editors_note: "Anmerkung der Redaktion",
    update: "Aktualisierung",
    retraction: "Widerruf",
    withdrawal: "Zurückgezogen",
    corrects: "Berichtigt den Hinweis vom",
    corrected_by: "Erneut berichtigt am",
    returned: "Dieser Artikel wurde später erneut veröffentlicht.",
    earlier: "früheren Hinweis",
    later: "später",
    corrections: "Korrekturen",
    corrections_about: "Was falsch war, klarer gesagt oder zurückgezogen wurde, das Neueste zuerst. Jeder Hinweis steht auch beim Artikel.",
    corrections_none: "Bisher wurde nichts korrigiert.",
    register: "Als Daten (JSON)",
    feed: "Feed",
    all: "Alle Artikel",
    front: "Startseite",
    empty: "Hier ist noch nichts veröffentlicht. Bitte schauen Sie bald wieder vorbei.",
    missing: "Diese Seite gibt es hier nicht",
    missing_help: "Vielleicht ist sie umgezogen, oder die Adresse ist falsch geschrieben. Alles Neue steht auf der Startseite.",
    moved: "Dieser Artikel ist umgezogen",
    withdrawn: "Dieser Artikel wurde zurückgezogen",
    retracted: "Dieser Artikel wurde widerrufen",
    photo: "Foto",
    table: "Tabelle",
    disclosure: "Offenlegung",
    about: "Zur Person",
};

const LANGUAGES: &[&Phrases] = &[&ENGLISH, &KOREAN, &GERMAN];

/// The words for `language` (such as `ko-KR`), in English where there are none.
pub(super) fn phrases(language: &str) -> &'static Phrases {
    let first = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|phrases| phrases.language.eq_ignore_ascii_case(first)).unwrap_or(&&ENGLISH)
}

/// Whether `language` is written from right to left.
pub(super) fn is_right_to_left(language: &str) -> bool {
    let first = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(first.as_str(), "ar" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newsrooms_language_decides() {
        assert_eq!(phrases("ko-KR").correction, "정정");
        assert_eq!(phrases("DE").by, "Von");
        assert_eq!(phrases("tlh"), &ENGLISH);
        assert!(is_right_to_left("ar-EG") && !is_right_to_left("en"));
    }
}
