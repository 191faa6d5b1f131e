"""Names that are no firm's: classes, shares, means, other tables' words; and rows that number the columns.

Such a word may stand in any other cell of a firm's row (行业: 制造业), so only what stands as the name is compared, in
small letters, without blanks and strokes.
"""

from __future__ import annotations

from engine.ground.chinese import in_both
from engine.headers.event_words import FILLED_IN, FIRM_ENDS
from engine.headers.time_words import FOREIGN_YUAN, OF_MONEY, PART, UNTIL, YEAR, YUAN
from engine.tables.source import GAP

ANY = f"[^{GAP}]"
NUMBER = "[0-9一二三四五六七八九十百〇○]+"
REST = f"([:：]{ANY}*|[（(]{ANY}*[)）])?"

_PLACE = "(全(国|省|市|州|盟|县|区|镇|乡|部|体|自治区)|[本各](省|市|县|区))"
_SECTION = (
    "农、?林、?牧、?渔业|采矿业|建筑业|工业|农业|第[一二三]产业|金融业|房地产业|制造业|服务业|零售业|批发业|"
    f"{ANY}{{2,20}}(制造|加工|采选|开采|服务|零售|供应)业|{ANY}{{1,12}}行业"
)
_KIND = (
    f"(规模?以?[上下]|限额?以?[上下]|(大|中|小|微|大中|中小|小微|中小微|大中小微?)型|国有(控股)?|集体|私营|民营|内资|外资|外商投资|港澳台(商?投资)?|"
    f"股份制|合资|高新技术|上市|亏损|盈利|{_SECTION})"
)
_CLASS = (
    f"({_PLACE}{_KIND}{{0,3}}|{_KIND}{{1,3}})(企业|单位|户)?|"
    "(大|大中|中小|小微|中小微)企业|(其他|其它|其余)(企业|单位|公司)?"
)
_SHARE = (
    f"{ANY}{{0,12}}(平均[值数]?|均值|平均水平|中位[数值]|最[大小高低]值|标准差|方差|众数|占比|比重|增长率|增速%?|占比%|增幅|同期数?|达标线|合格线|门槛值?|阈值|参考值|"
    "标杆值|对标值|目标值)|同比(增长|增减)?|环比(增长|增减)?|上年(同期)?数?|去年(同期)?数?|本[年期]数?|上期数?|标杆企业|对标企业|标准|门槛|"
    "average|mean|avg[.]?|median|max(imum)?|min(imum)?|std([.]?dev)?|standarddeviation|sums?|all|others?"
)
_GROUPED = (
    '((新|首次)?申报|复核|推荐|拟?认定|培育|入库|新增|续报|重新认定|通过|专精特新(中小)?|[“"]?小巨人[”"]?|创新型(中小)?|单项冠军|科技型(中小)?|'
    f"(国家|[省市县区])级{ANY}{{0,8}})(企业|单位|类)|新申报|复核"
)
_SEVERAL = (
    f"第{NUMBER}(批次?|类|组|档|期|部分|片区?|梯[度队])|[a-z甲乙丙丁一二三四五](类|组|档)(企业)?|{_GROUPED}|新申报|复核|"
    f"{ANY}*(名单|名录|清单|一览表?|汇总表|统计表|情况表|明细表|花名册)"
)
_IN_A_PLACE = (  # and not 永辉超市, 某某景区, 产业联盟
    f"{ANY}{{1,8}}([^超门菜夜集花早楼股城都]市|自治[县州旗区]|[^社小景校厂矿库营商专园]区|[^家梦故水]乡|[^古小]镇|街道(办事处)?|省)|"
    f"{ANY}{{1,7}}县|{ANY}{{1,6}}[^农渔新乡山水]村|{ANY}{{1,6}}社区"
)
_SUMMED = f"[（(]{ANY}{{0,10}}((合|总|小|共|累)计|总和|汇总数?)[)）]|{ANY}+[（(]((合|总|小|共|累)计|总和|汇总)数?[)）]"
_AMOUNT = f"[0-9][0-9.,]*({YUAN}|[万亿家户人%％])?"
_COUNTED = (  # as a pivot table counts, a plan reckons and a legend divides
    f"({ANY}{{0,12}}(户均|人均|平均[值数]?|均值|中位[数值]|计数)[值数]?|average|mean|median|sum|count)[（(]{ANY}*[)）]|"
    f"{ANY}{{0,12}}(户均|人均|计数)[值数]?|counta?|(求和|计数|平均值?|最[大小]值|乘积)项([:：]{ANY}*)?|[行列]标签|"
    f"(row|column)labels|(sum|count|average|max|min)of([^a-z]{ANY}*|revenues?|sales)|(总共|一共|总计|合计|共计){NUMBER}[家户个](企业)?{REST}|"
    f"(预[测算计]|计划|实际|完成|测算|估算)[值数]|差[距值异]|[增减]+额|{_AMOUNT}(及|含)?以[上下内]|[≥≤><=＞＜＝≧≦⩾⩽]+{_AMOUNT}|"
    f"[0-9][0-9.,]*([%％]|[百千万亿]*元)|{_AMOUNT}[~～—–至到]{_AMOUNT}(以[上下内])?|"
    f"(不足|不到|小于|大于|超过|低于|高于|少于|多于|不低于|不超过|至少|至多){_AMOUNT}"
)
_TRADE = (
    "(高端|智能|先进|现代|新型|绿色)?(装备|机械|机电|电子|(电子|新一代)?信息(技术)?|通信|生物|医药|医疗器械|医疗|健康|大健康|新材料|新能源|汽车|零部件|软件|"
    "集成电路|半导体|人工智能|节能|环保|食品|纺织|服装|化工|石化|石油|冶金|钢铁|有色金属|建材|轻工|家电|家具|航空|航天|轨道交通|船舶|海洋|能源|光电|光伏|储能|氢能|"
    "机器人|仪器仪表|电气|五金|模具|塑料|橡胶|造纸|印刷|包装|物联网|大数据|云计算|低空|数字|文化|旅游|物流)"
)
_TRADES = (
    f"({_TRADE}[与和及、]?)+(制造|(制造)?(业|产业[链类]?|产业集群|行业|领域|板块)|经济)|(战略性?)?(新兴|未来|传统|主导|优势|特色|支柱|重点)产业|"
    "(非|拟|已)?(上市|挂牌)(公司|企业)|(控股|参股|全资)(子?公司|企业)|(龙头|骨干|链主|瞪羚|独角兽|雏鹰|隐形冠军|单项冠军|停产|在建)(型)?企业"
)
_CODED = "(指标|栏次|行次|项目|字段|变量|统计)?(代码|编码|编号|代号)"
_UNIT = (
    f"[（(\\[]?{OF_MONEY}?单位[为是]?(人民币)?[（(]?({YUAN}|{FOREIGN_YUAN})[)）\\]]*|[（(\\[]?人民币[（(]?[十百千万亿]*元[)）\\]]*|"
    "[（(\\[]?(in)?(rmb|cny)(in)?(['’]?000|yuan|millions?|mn|thousands?|[0-9,]+|[十百千万亿]*元)?s?[)）\\]]?"
)
_TO_BE_FILLED_IN = (  # and what a program prints below a table
    "[（(]?(请|须|应|需|要)?(企业|单位)?(填[写报列]?|写)[^（()）]{0,8}(全称|名称|简称)[)）]?|"
    "[（(]?(请|须|应|需|要)?(按照?|与|同|依据?|根据)(营业执照|公章|证照|工商|登记)[^（()）]{0,12}(填[写报列]|一致|相同)[)）]?|"
    "[（(]?(必填项?|选填项?|自动(计算|生成)|下拉选择|由?(企业|单位)填[写报])[)）]?|\\[?[0-9]+rows?[x×][0-9]+columns?\\]?"
)
_PAGE = "page[0-9]{1,6}(of[0-9]{1,4})?"
_PART = (
    '拟推荐|备选(企业)?|(不推荐|不予推荐)(企业)?|重点培育(企业)?|小巨人(企业)?|["“]?专精特新["”]?(中小企业|企业)?|(本月|本年|今年)新增|true|false|'
    "[?？※]+|[（(](百?万|亿|千)?元[)）]|[（(]章[)）]|注[0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2}日|20[0-9]{2}[.][0-9]{1,2}[.][0-9]{1,2}|"
    "二[〇○零][一二三四五六七八九十〇○零]{2}年[一二三四五六七八九十]{0,3}月?|[—–-]+以下空白[—–-]+|[按依](审计报告|单体报表|合并报表|报表)(填列|填报)?|"
    f"上述(企业|单位|各|数据|公司均){ANY}{{0,20}}|"
    f"(营业收入|主营业务收入|研发费用|从业人员|职工人数|资产总额|人数)(均|都)?(为|按|不含|含|是|以|系){ANY}{{1,20}}|"
    "(标准|基准|目标|参照)值|(最低|申报|认定)?(要求|条件|标准)|小巨人标准|及格线|基准|差额|总额|[一二三四]季度|[上下]半年|较上年(同期)?(增[长减])?|"
    "比上年(同期)?(增[长减])?|承[上前]页|过次页|空白|无此企业|重复|作废|删除|已?注销|同意(推荐|申报|上报)|序号|[（(]?公章[)）]?|附件[0-9]+|"
    "(个体工商户|示范企业|样本企业|开发区企业|产业集群)|"
    "(集团|公司|企业)(总部|本部)|(企业|单位|公司)?[户家个]?数量?|总部|本部|母公司|子公司|分公司|合并(数|报表|口径)?|((集团)?内部)?抵[消销](数|项|前|后)?|企业|员工|单位|人员|职工|无|没有|全部(企业|公司)|"
    "(企业|公司|单位)?(名称|全称|简称)|[央国民外]企|(中央|省属|市属|县属|区属|地方)(国有)?(企业|单位)?|[省市县区]直|[省市县区]本级|[市县区]属|未分类|未归类|计|"
    "求和(项)?|总计结果|[（(]空白[)）]|空白|[东西南北中城新老]{1,2}片区?|新区|(产业|工业|科技|高新|化工)园区?"
)
_SAMPLE = "(填写|填报|填表)?(示例|样例|范例|举例|样表|示范|sample|example)"
_TRIED = (
    "(示例|样例|范例|测试|试填|sample|example|demo|test)(行|数据|记录|企业|公司|单位|厂|row|data|record|firm|company)?"
    f"({NUMBER}|[a-d])?|(示例|样例|范例|测试)(企业|公司|单位)?(有限(责任)?|股份有限)公司|例"
)
_SAID = (
    f"[（(]划去[:：]{ANY}*[)）]|{_TRIED}|{_SAMPLE}({NUMBER})?([:：]{ANY}*)?|[（(【\\[]{_SAMPLE}({NUMBER})?[)）】\\]]{ANY}*|例如?[0-9]*[:：]{ANY}*|"
    f"以[上下](为|是|系|均|数据|企业|内容|信息|情况|仅供){ANY}*|"
    "[（(]?(续[上前]?[页表]?|上?接上?[页表]|[转接]下[页表]|下接)[0-9一二三]*[)）]?|"
    f"以上(合?共计?)?{NUMBER}[家户个](企业)?{REST}|[（(]?(此|本|以下)[页处表]?(无正文|空白|无内容)[)）]?|(the)?end|eof|"
    f"[（(]?(全文)?完[)）]?|(全文|表格?|列表)?(结束|完毕)|[=_~·.—…＝＊*]{{2,}}|附(件|表|录|注)?{NUMBER}?[:：]{ANY}*|"
    f"([（(]?{NUMBER}[)）、.．])?本表([为是由须请以所数一仅只填各均]|内容){ANY}*|[（(*※#]?(金额|单位|货币|币种)[:：]{ANY}{{0,12}}[元币万亿][)）]?|[以按](人民币)?[十百千万亿美]*元(计|为单位|列示|填[列报写]?)|"
    f"(表格|报表|名单)?(制作|整理|录入|导出|打印|汇总|统计)[人者]?(单位|日期|时间)?[:：]{ANY}*|"
    f"{YEAR}(年度?({PART}|全年|[一二三四1-4]季度?|[0-9]{{1,2}}月份?)?)?(年|数据?|快报数?|年报数?|决算数?|预计数?|情况)|"
    f"{YEAR}年度?({PART}|全年)?|"
    f"({FILLED_IN}|审批|复核|核对|校对|经办|统计|批准|主管|负责)[:：]{ANY}*|"
    f"(填报|填表|填写|编制|使用|指标|数据)(说明|须知|要求|解释|口径){REST}|(数据|统计)?{UNTIL}到?20{ANY}*"
)
_ORDINAL = f"[（(]?{NUMBER}[)）]?[、．.,，]?"
_NO_NAME = (
    f"({_ORDINAL})?({_SEVERAL})([（(]{ANY}*[)）]|[:：])?|{_SUMMED}|({_IN_A_PLACE})([（(][共计]?{NUMBER}[家户个](企业)?[)）])?|"
    f"{_COUNTED}|({_ORDINAL})?({_TRADES}){REST}|{_CODED}|{_UNIT}|{_TO_BE_FILLED_IN}|{_PAGE}|"
    f"({_ORDINAL}|其中[:：]?|[#＃])?({_CLASS}){REST}|其中[:：]{ANY}*|{_SHARE}|{_PART}|{_SAID}"
)
AS_NAME = in_both(f"^({_NO_NAME}|((共|合?计){NUMBER}|[0-9]+)[家户个](企业)?)$")
"""What no firm is called, as a name in full."""
ALONE = in_both(f"^({_NO_NAME})({GAP}+[0-9.,%％]+)*{GAP}*$")
"""All cells of a row that begins with such a word and has figures, where no name and no code stands."""
SAMPLE = in_both(f"^{ANY}+[（(【](示例|样例|范例|例|sample|example)[)）】]$")
"""The name of an example, whatever code stands beside it."""
_EXAMPLE = "[（(【\\[]?(填[写报表]?)?(示例|样例|范例)"
MARK = (
    f"{_EXAMPLE}[)）】\\]]?|[此本该][行条栏](数据)?[为是](填[写报表]?)?(示例|样例|范例){ANY}{{0,40}}|"
    f"{_EXAMPLE}(行|数据)?[)）】\\]，,。;；、]*(请|勿|仅|供){ANY}{{0,40}}"
)
MARKED_FIRST, MARKED_IN = "例", 30
"""What a cell of an example says, and the first one; and how many of the first cells of a row are looked at for it."""
PAGE = f"^[{GAP} \t\u3000\u00a0]*[-—–·•~]+[ \u3000]*[0-9]{{1,4}}[ \u3000]*[-—–·•~]+[{GAP} \t\u3000\u00a0]*$"
"""All cells of a row, as they are written, where nothing but the number of a page stands."""
LABELS = in_both(
    f"^([^:：（(【\\[{GAP}]+[:：]{ANY}*|[（(【\\[]{ANY}+[:：]{ANY}*[)）】\\]]|"
    f"([（(][一二三四五六七八九十]+[)）][、．.,，]?|[一二三四五六七八九十]+[、．.]){ANY}+)$"
)
"""A label with what it is the label of, or the head of a section, unless it ends as a firm does."""
ENDS_AS_FIRM = in_both(FIRM_ENDS)
NAMES_FIRM = in_both(f"{FIRM_ENDS}|^(企业|公司|单位|机构)?(名称|全称|简称)[:：]{ANY}|[0-9a-z]{{18}}")
"""How a firm ends, its name behind a label for that, or its code."""

_FORMULA = f"([（(]?[=＝][^{GAP}]*)?"
_MOST_COLUMNS = 60
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _cell(place: int) -> str:
    return f"([（(]?{place}[)）]?{_FORMULA}" + (f"|{_CIRCLED[place - 1]})" if place <= len(_CIRCLED) else ")")


def _from(place: int) -> str:
    """Give the pattern of the number of a column and of those behind it, as far as there are."""
    more = f"({_from(place + 1)})?" if place < _MOST_COLUMNS else ""
    return f"{GAP}{_cell(place)}{more}"


_LABEL = "(栏[次目号]|行次|列次|序号|[甲乙丙丁戊己庚辛])"
_THREE = f"{_cell(1)}{GAP}{_cell(2)}{GAP}{_cell(3)}"
NUMBERS_COLUMNS = in_both(
    f"^({GAP}*{_CODED}({GAP}+[a-z]{{0,2}}[0-9]{{1,6}}[a-z]?)+|"
    f"{GAP}*{_LABEL}({GAP}+{_LABEL})*{GAP}*({GAP}0)?{GAP}{_cell(1)}{GAP}{_cell(2)}({_from(3)})?|"
    f"({GAP}+|0{GAP}){_THREE}({_from(4)})?|{_THREE}{_from(4)}){GAP}*$"
)
"""All cells of a row that numbers the columns: 甲, 乙, 1, 2 or 1, 2, 3=1+2, 4."""
NUMBERS_COLUMNS_BEHIND = f"^{GAP}*{_THREE}({_from(4)})?{GAP}*$"
"""All cells of such a row where nothing stands in the column of the names."""
