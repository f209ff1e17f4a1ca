"""Chinese in simplified or in traditional signs: the commonest signs that only one of the two has. Pure.

Limits: most signs are the same in both (中, 文); a headline may have none of those that tell.
"""

import re

_SIGNS = """
国國 们們 这這 来來 时時 说說 为為 个個 会會 对對 动動 过過 发發 经經 业業 还還 进進 问問 实實 现現 开開 关關 长長 门門
见見 东東 车車 马馬 鸟鳥 鱼魚 龙龍 风風 飞飛 气氣 电電 书書 华華 员員 报報 数數 样樣 点點 热熱 爱愛 学學 习習 觉覺 议議
认認 识識 让讓 请請 谁誰 谢謝 话話 语語 读讀 写寫 讲講 论論 证證 词詞 课課 该該 谈談 记記 设設 计計 许許 访訪 评評 调調
诉訴 试試 诗詩 误誤 订訂 讨討 训訓 译譯 详詳 谋謀 产產 亚亞 亲親 亿億 从從 仓倉 仪儀 价價 众眾 优優 伟偉 传傳 伤傷 伦倫
体體 侧側 侨僑 俩倆 债債 倾傾 偿償 储儲 儿兒 党黨 兰蘭 兴興 养養 内內 军軍 农農 冯馮 决決 况況 冻凍 净淨 减減 凤鳳 击擊
划劃 刘劉 则則 刚剛 创創 别別 剂劑 剧劇 办辦 务務 劳勞 势勢 医醫 协協 单單 卖賣 卫衛 厂廠 厅廳 历歷 压壓 县縣 参參 双雙
变變 号號 吗嗎 听聽 启啟 吴吳 响響 团團 园園 围圍 图圖 圆圓 圣聖 场場 坏壞 块塊 坚堅 坛壇 处處 备備 够夠 头頭 夹夾 夺奪
奋奮 奖獎 妇婦 妈媽 孙孫 宁寧 宝寶 审審 宪憲 宫宮 宾賓 导導 寿壽 将將 尔爾 尘塵 尝嘗 层層 届屆 属屬 岁歲 岛島 币幣 师師
帐帳 带帶 帮幫 广廣 庄莊 庆慶 库庫 应應 废廢 张張 强強 归歸 当當 录錄 彻徹 径徑 忆憶 态態 总總 恶惡 惊驚 惯慣 愿願 战戰
户戶 执執 扩擴 扬揚 扰擾 抢搶 护護 择擇 担擔 拟擬 拥擁 挂掛 挥揮 损損 换換 据據 掷擲 摄攝 摆擺 敌敵 断斷 无無 旧舊 显顯
晓曉 暂暫 术術 机機 杀殺 杂雜 权權 条條 杨楊 极極 构構 枪槍 标標 栏欄 树樹 桥橋 检檢 楼樓 欢歡 欧歐 残殘 毁毀 毕畢 汇匯
汉漢 汤湯 沟溝 没沒 泪淚 泽澤 洁潔 济濟 测測 浓濃 涨漲 渐漸 湾灣 湿濕 满滿 滨濱 灭滅 灯燈 灵靈 灾災 炉爐 烟煙 烦煩 烧燒
营營 爷爺 牵牽 状狀 独獨 狮獅 环環 画畫 疗療 盖蓋 盘盤 监監 码碼 础礎 确確 礼禮 离離 种種 积積 称稱 稳穩 穷窮 竞競 笔筆
签簽 简簡 类類 粮糧 紧緊 级級 红紅 约約 纪紀 纳納 纷紛 纸紙 线線 练練 组組 细細 织織 终終 绍紹 结結 绝絕 给給 络絡 统統
继繼 绩績 续續 维維 综綜 绿綠 缓緩 编編 缩縮 网網 罗羅 罚罰 职職 联聯 聪聰 肃肅 脑腦 脚腳 脸臉 舰艦 艺藝 节節 苏蘇 药藥
获獲 莱萊 萨薩 蓝藍 虑慮 虽雖 补補 规規 视視 览覽 触觸 贝貝 负負 财財 责責 败敗 货貨 质質 贩販 购購 贯貫 贸貿 费費 贺賀
资資 赏賞 赛賽 赞贊 赢贏 赵趙 跃躍 转轉 轮輪 软軟 轰轟 轻輕 载載 较較 辆輛 辈輩 输輸 边邊 达達 迁遷 运運 违違 连連 迟遲
适適 选選 逊遜 递遞 遗遺 邓鄧 邮郵 邻鄰 郑鄭 释釋 针針 钟鐘 钢鋼 钱錢 铁鐵 铜銅 银銀 销銷 锋鋒 错錯 键鍵 镇鎮 闪閃 闭閉
间間 闻聞 队隊 阳陽 阴陰 阵陣 阶階 际際 陆陸 陈陳 险險 随隨 隐隱 难難 雾霧 静靜 韩韓 页頁 顶頂 项項 顺順 须須 顾顧 预預
领領 频頻 题題 额額 颜顏 验驗 驻駐 驾駕 骂罵 骗騙 鲁魯 鲜鮮 鸡雞 麦麥 黄黃 齐齊 齿齒 龄齡
"""
_PAIRS = _SIGNS.split()
_LEFT, _RIGHT = frozenset(pair[0] for pair in _PAIRS), frozenset(pair[1] for pair in _PAIRS)
_SIMPLIFIED, _TRADITIONAL = (re.compile(f"[{''.join(sorted(one))}]") for one in (_LEFT - _RIGHT, _RIGHT - _LEFT))
_LOOKED_AT = 2000  # signs


def han_script(text: str) -> str:
    """``Hans`` or ``Hant`` (ISO 15924), ``Hani`` where no sign of `text` tells them apart."""
    simplified, traditional = (len(one.findall(text, 0, _LOOKED_AT)) for one in (_SIMPLIFIED, _TRADITIONAL))
    if simplified == traditional:
        return "Hani"
    return "Hans" if simplified > traditional else "Hant"
