//! Made-up people of many origins: names that belong together, in Latin script mostly, in their own script for about one
//! in eight.
//!
//! A name in another script is written `Олена=Olena`: the second form is for e-mail addresses, printed cards and the
//! people of that origin who write their name in Latin script.

use crate::dice::Dice;

/// Somebody's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// Given name as the client writes it.
    pub(crate) first: String,
    /// Middle name, mostly none.
    pub(crate) middle: Option<String>,
    /// Family name as the client writes it.
    pub(crate) last: String,
    /// Given and family name in ASCII letters.
    pub(crate) plain: (String, String),
}

#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    women: &'static str,
    men: &'static str,
    /// Family names; `woman/man` where they differ.
    families: &'static str,
    /// In a hundred: how often the own script is used, where there is one.
    own_script: u64,
}

/// Origins by weight.
const ORIGINS: [(u64, Origin); 18] = [
    (
        22,
        Origin {
            women: "Emily Grace Hannah Abigail Charlotte Rebecca Natalie Jasmine Brooke Kathleen Aaliyah Denise",
            men: "James Michael Tyler Nathan Christopher Jamal Andrew Marcus Brandon Gregory Terrence Scott",
            families: "Carter Bennett Mitchell Robinson Hayes O'Connor Whitaker Freeman Sullivan Brooks Dawson Merritt \
                       Washington Holloway McAllister Pruitt",
            own_script: 0,
        },
    ),
    (
        17,
        Origin {
            women: "María Lucía Sofía Guadalupe Inés Verónica Ximena Belén Rocío Concepción Mónica Begoña",
            men: "José Andrés Ángel Joaquín Ramón Iván Héctor Óscar Raúl Jesús Martín Nicolás",
            families: "García Hernández Núñez Muñoz Peña Ibáñez Rodríguez Castañeda Ordóñez Vásquez Quiñones Zúñiga \
                       Gutiérrez Avendaño",
            own_script: 0,
        },
    ),
    (
        5,
        Origin {
            women: "Agnieszka Małgorzata Zofia Bożena Elżbieta Katarzyna Łucja Grażyna",
            men: "Łukasz Paweł Michał Wojciech Stanisław Grzegorz Zbigniew Jędrzej",
            families: "Kowalska/Kowalski Wiśniewska/Wiśniewski Wójcik Łukasiewicz Żak Błaszczyk Zielińska/Zieliński \
                       Śliwa Dąbrowska/Dąbrowski Gołąb",
            own_script: 0,
        },
    ),
    (
        6,
        Origin {
            women: "Thị_Hồng Ngọc_Ánh Phương_Thảo Bích_Trâm Mỹ_Duyên Diễm_Quỳnh Hải_Yến Thùy_Dương",
            men: "Văn_Đức Quốc_Bảo Minh_Tuấn Hữu_Phước Đình_Khôi Trọng_Nghĩa Xuân_Trường Thế_Vỹ",
            families: "Nguyễn Trần Lê Phạm Huỳnh Vũ Đặng Bùi Đỗ Hồ Ngô Dương",
            own_script: 0,
        },
    ),
    (
        4,
        Origin {
            women: "Amélie Hélène Chloé Françoise Zoé Geneviève Noémie Maëlle",
            men: "François Jérôme Étienne André Benoît Cédric Loïc Rémi",
            families: "Lefèvre Dubois Beauséjour Gagné Côté Lemaître Thériault Desrosiers Bélanger Duchêne",
            own_script: 0,
        },
    ),
    (
        4,
        Origin {
            women: "Käthe Hannelore Ursula Jördis Sieglinde Bärbel Heike Grit",
            men: "Jürgen Günther Björn Matthäus Jörg Dieter Ulf Ansgar",
            families: "Müller Schröder Weiß Köhler Groß Jäger Schäfer Böhm Krüger Vogelsang",
            own_script: 0,
        },
    ),
    (
        7,
        Origin {
            women: "Ngozi Adaeze Folake Chiamaka Ifeoma Yetunde Amara Bukola",
            men: "Chukwuemeka Olumide Tunde Obinna Babatunde Ikenna Kelechi Segun",
            families: "Okonkwo Adeyemi Eze Balogun Nwosu Adebayo Okafor Ogunleye Chukwu Abiola",
            own_script: 0,
        },
    ),
    (
        7,
        Origin {
            women: "Priya Ananya Lakshmi Deepika Kavitha Meera Sunita Aishwarya",
            men: "Rajesh Arjun Vikram Sanjay Karthik Harpreet Manoj Venkatesh",
            families: "Patel Sharma Iyer Krishnamurthy Singh Banerjee Nair Reddy Chaudhary Subramanian",
            own_script: 0,
        },
    ),
    (
        3,
        Origin {
            women: "Giulia Chiara Federica Noemi Ilaria Graziella",
            men: "Niccolò Giosuè Matteo Gennaro Salvatore Corrado",
            families: "Esposito Russo Colombo D'Angelo De_Luca Sciarra Moretti Bonfiglio",
            own_script: 0,
        },
    ),
    (
        3,
        Origin {
            women: "Ayşe Gülşen Elif Şebnem Çiğdem Büşra",
            men: "Oğuz İbrahim Çağlar Emre Şükrü Yiğit",
            families: "Yılmaz Öztürk Şahin Çelik Güneş Kılıç Doğan Akgül",
            own_script: 0,
        },
    ),
    (
        3,
        Origin {
            women: "Marie-Claude Wideline Fabiola Nadège Guerlande Mirlande",
            men: "Jean-Baptiste Wilner Réginald Fritznel Évens Dieudonné",
            families: "Pierre-Louis Désir Toussaint Jean-François Célestin Baptiste Saint-Fleur Estimé",
            own_script: 0,
        },
    ),
    (
        4,
        Origin {
            women: "Олена=Olena Юлія=Yuliia Наталія=Nataliia Оксана=Oksana Соломія=Solomiia Ірина=Iryna",
            men: "Тарас=Taras Андрій=Andrii Сергій=Serhii Богдан=Bohdan Юрій=Yurii Олексій=Oleksii",
            families: "Шевченко=Shevchenko Коваленко=Kovalenko Бондаренко=Bondarenko Ткачук=Tkachuk Гриценко=Hrytsenko \
                       Їжакевич=Yizhakevych Мельник=Melnyk Щербак=Shcherbak",
            own_script: 65,
        },
    ),
    (
        3,
        Origin {
            women: "Екатерина=Ekaterina Светлана=Svetlana Анастасия=Anastasia Людмила=Lyudmila Юлия=Yulia",
            men: "Дмитрий=Dmitry Алексей=Alexei Фёдор=Fyodor Михаил=Mikhail Евгений=Evgeny",
            families: "Соколова=Sokolova/Соколов=Sokolov Морозова=Morozova/Морозов=Morozov Орлова=Orlova/Орлов=Orlov \
                       Щукина=Shchukina/Щукин=Shchukin Жукова=Zhukova/Жуков=Zhukov",
            own_script: 50,
        },
    ),
    (
        4,
        Origin {
            women: "فاطمة=Fatima ليلى=Layla مريم=Maryam نور=Noor هدى=Huda زينب=Zainab",
            men: "محمد=Mohammed أحمد=Ahmad يوسف=Yousef خالد=Khaled إبراهيم=Ibrahim عمر=Omar",
            families: "الأحمد=Al-Ahmad حداد=Haddad منصور=Mansour الخطيب=Al-Khatib عبد_الله=Abdullah نجار=Najjar \
                       السعيد=Al-Saeed خوري=Khoury",
            own_script: 55,
        },
    ),
    (
        5,
        Origin {
            women: "秀英=Xiuying 晓明=Xiaoming 丽华=Lihua 雅婷=Yating 静怡=Jingyi 美玲=Meiling",
            men: "伟=Wei 志强=Zhiqiang 建国=Jianguo 文杰=Wenjie 俊豪=Junhao 子轩=Zixuan",
            families: "王=Wang 李=Li 张=Zhang 陈=Chen 刘=Liu 黄=Huang 赵=Zhao 欧阳=Ouyang",
            own_script: 40,
        },
    ),
    (
        4,
        Origin {
            women: "지우=Jiwoo 서연=Seoyeon 민서=Minseo 수빈=Subin 은주=Eunju 혜진=Hyejin",
            men: "민준=Minjun 도윤=Doyun 현우=Hyunwoo 성민=Sungmin 재호=Jaeho 동현=Donghyun",
            families: "김=Kim 이=Lee 박=Park 최=Choi 정=Jung 강=Kang 조=Cho 윤=Yoon",
            own_script: 45,
        },
    ),
    (
        3,
        Origin {
            women: "さくら=Sakura ひなた=Hinata みどり=Midori 美咲=Misaki 陽子=Yoko 結衣=Yui 恵=Megumi",
            men: "たける=Takeru ひろし=Hiroshi 健太=Kenta 翔太=Shota 大輔=Daisuke 誠=Makoto 拓海=Takumi",
            families: "佐藤=Sato 鈴木=Suzuki 高橋=Takahashi 渡辺=Watanabe 中村=Nakamura 小林=Kobayashi",
            own_script: 55,
        },
    ),
    (
        3,
        Origin {
            women: "Ελένη=Eleni Μαρία=Maria Κατερίνα=Katerina Σοφία=Sofia Δέσποινα=Despina",
            men: "Γιώργος=Giorgos Δημήτρης=Dimitris Νίκος=Nikos Κώστας=Kostas Θανάσης=Thanasis",
            families: "Παπαδοπούλου=Papadopoulou/Παπαδόπουλος=Papadopoulos Αντωνίου=Antoniou \
                       Γεωργίου=Georgiou Νικολαΐδη=Nikolaidi/Νικολαΐδης=Nikolaidis Μαυρίδη=Mavridi/Μαυρίδης=Mavridis",
            own_script: 55,
        },
    ),
];

/// A name from one of the origins.
pub(crate) fn name(dice: &mut Dice) -> Name {
    let origin = dice.pick_weighted(&ORIGINS);
    let is_woman = dice.chance(50);
    let own_script = dice.chance(origin.own_script);
    let given = if is_woman { origin.women } else { origin.men };
    let first = Form::draw(given, dice);
    let middle = Form::draw(given, dice);
    let family = Form::draw_family(origin.families, is_woman, dice);
    let has_middle = dice.chance(30) && middle.own != first.own;
    let write = |form: &Form| if own_script { form.own.clone() } else { form.latin.clone() };
    Name {
        first: write(&first),
        middle: has_middle.then(|| write(&middle)),
        last: write(&family),
        plain: (ascii(&first.latin), ascii(&family.latin)),
    }
}

/// One name in both scripts; the same twice where there is one script only.
struct Form {
    own: String,
    latin: String,
}

impl Form {
    fn draw(names: &str, dice: &mut Dice) -> Form {
        let names: Vec<&str> = names.split_whitespace().collect();
        Form::read(dice.pick(&names))
    }

    fn draw_family(names: &str, is_woman: bool, dice: &mut Dice) -> Form {
        let names: Vec<&str> = names.split_whitespace().collect();
        let name = dice.pick(&names);
        let (woman, man) = name.split_once('/').unwrap_or((name, name));
        Form::read(if is_woman { woman } else { man })
    }

    fn read(name: &str) -> Form {
        let (own, latin) = name.split_once('=').unwrap_or((name, name));
        Form { own: own.replace('_', " "), latin: latin.replace('_', " ") }
    }
}

/// The name in the letters that every system takes, without spaces and marks.
fn ascii(name: &str) -> String {
    /// Each row: the plain letter, then the letters written so.
    const ROWS: [&str; 22] = [
        "aàáảãạăằắẳẵặâầấẩẫậąäå",
        "cçćč",
        "dđď",
        "eèéẻẽẹêềếểễệęëě",
        "gğģ",
        "iìíỉĩịîïıį",
        "lłľ",
        "nñńň",
        "oòóỏõọôồốổỗộơờớởỡợöø",
        "rř",
        "sşśšș",
        "tţťț",
        "uùúủũụưừứửữựûüů",
        "yỳýỷỹỵÿ",
        "zżźž",
        "AÀÁÂÄÅĄĂ",
        "CÇĆČ",
        "DĐĎ",
        "EÈÉÊËĘ",
        "LŁ",
        "OÒÓÔÖØ",
        "SŞŚŠ",
    ];
    let mut plain = String::new();
    for letter in name.chars() {
        let row = ROWS.iter().find(|row| row.chars().skip(1).any(|marked| marked == letter));
        match (letter, row.and_then(|row| row.chars().next())) {
            ('ß', _) => plain.push_str("ss"),
            ('Ż' | 'Ź', _) => plain.push('Z'),
            ('İ', _) => plain.push('I'),
            (_, Some(letter)) => plain.push(letter),
            (letter, None) if letter.is_ascii_alphabetic() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_plain_form_of_ascii_letters() {
        for (_, origin) in ORIGINS {
            for name in [origin.women, origin.men, origin.families].join(" ").split_whitespace() {
                for name in name.split('/') {
                    let latin = Form::read(name).latin;
                    let letters = latin.chars().filter(|letter| letter.is_alphabetic() && *letter != 'ß').count();
                    let plain = ascii(&latin).replace("ss", if latin.contains('ß') { "" } else { "ss" });
                    assert_eq!(plain.len(), letters, "{name}");
                }
            }
        }
    }

    #[test]
    fn about_one_name_in_eight_is_in_another_script() {
        let is_latin = |name: &str| {
            name.chars().all(|c| !c.is_alphabetic() || u32::from(c) < 0x250 || (0x1E00..0x1F00).contains(&u32::from(c)))
        };
        let others = (0..4_000).filter(|k| !is_latin(&name(&mut Dice::new(5, *k)).last)).count();
        assert!((400..600).contains(&others), "{others}");
    }
}
